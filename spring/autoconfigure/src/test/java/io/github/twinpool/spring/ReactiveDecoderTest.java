package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twinpool.emulator.Outage;
import io.github.twinpool.spring.TwinpoolTokenProperties.Use;
import io.github.twinpool.token.Preload;
import io.github.twinpool.token.TokenValidator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;

/** What nobody sees from outside of the reactive decoder. */
class ReactiveDecoderTest {
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final ObservationRegistry observations = ObservationRegistry.create();

  ReactiveDecoderTest() {
    observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
  }

  /** A registry such as Prometheus's takes no second timer of a name with other tags. */
  @Test
  void a_request_that_is_given_up_is_counted_with_the_same_tags_as_any_other() {
    try (TestPool pool = new TestPool()) {
      String token = pool.tokens().accessToken();
      pool.outage(Outage.hang());
      try (TokenValidator validator =
          TokenValidator.builder(pool.emulator().userPool())
              .clientId(pool.emulator().clientId())
              .preload(Preload.NONE)
              .keysTimeout(Duration.ofSeconds(30))
              .build()) {
        CognitoReactiveJwtDecoder decoder =
            new CognitoReactiveJwtDecoder(
                validator, Use.ACCESS, new VerifiedJwts(List.of(), List.of()), observations);
        decoder.decode(token).subscribe().dispose();
        assertThatExceptionOfType(BadJwtException.class)
            .isThrownBy(() -> decoder.decode("no.token.").block(Duration.ofSeconds(30)));
      }
    }
    assertThat(meters.find(TokenObservations.NAME).timers())
        .hasSize(2)
        .extracting(timer -> timer.getId().getTag("code"))
        .contains("CANCELLED")
        .doesNotContainNull();
    assertThat(meters.find(TokenObservations.NAME).timers())
        .extracting(timer -> Set.copyOf(timer.getId().getTags().stream().map(Tag::getKey).toList()))
        .containsOnly(Set.of("code", "error", "use"));
  }
}
