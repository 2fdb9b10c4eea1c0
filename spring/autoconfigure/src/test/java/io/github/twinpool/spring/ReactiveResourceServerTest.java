package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.emulator.Outage;
import java.net.http.HttpResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Reactive applications with Spring Security, over HTTP. */
class ReactiveResourceServerTest {
  @Test
  void good_tokens_are_200_bad_ones_401_and_missing_keys_503() {
    try (TestPool pool = new TestPool()) {
      String token = pool.tokens().accessToken();
      pool.outage(Outage.refused());
      try (Web web =
          Web.start(
              WebApplicationType.REACTIVE,
              pool,
              App.class,
              "twinpool.token.keys-timeout=300ms",
              "twinpool.token.retry-after=9s")) {
        HttpResponse<String> unavailable = web.get("/me", token);
        assertThat(unavailable.statusCode()).isEqualTo(503);
        assertThat(unavailable.headers().firstValue("Retry-After")).hasValue("9");
        assertThat(unavailable.body()).contains("\"status\":503");

        pool.outage(Outage.none());
        Awaitility.await()
            .untilAsserted(() -> assertThat(web.get("/me", token).statusCode()).isEqualTo(200));
        assertThat(web.get("/me", token).body()).contains("SCOPE_aws.cognito.signin.user.admin");
        assertThat(web.get("/me", null).statusCode()).isEqualTo(401);
        HttpResponse<String> bad = web.get("/me", "a.b.c");
        assertThat(bad.statusCode()).isEqualTo(401);
        assertThat(bad.headers().firstValue("WWW-Authenticate").orElseThrow())
            .contains("invalid_token");
      }
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @RestController
  static class App {
    @GetMapping("/me")
    Mono<String> me(Authentication me) {
      return Mono.just(String.valueOf(me.getAuthorities()));
    }
  }
}
