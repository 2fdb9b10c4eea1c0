package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.emulator.TestEmulators;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;

class ReplicationLagMeterTest {
  private final SetupFixture fixture = new SetupFixture(TestEmulators.builder());

  @AfterEach
  void close() {
    fixture.close();
  }

  private ReplicationLagMeter meter() {
    return ReplicationLagMeter.of(fixture.clients, "canary");
  }

  private String nickname() {
    return fixture
        .primary
        .adminGetUser(it -> it.userPoolId(fixture.id()).username("canary"))
        .userAttributes()
        .stream()
        .filter(it -> it.name().equals("nickname"))
        .map(AttributeType::value)
        .findFirst()
        .orElse("");
  }

  @Test
  void the_lag_is_measured_and_the_canary_gets_its_value_back() {
    fixture.emulator.createUser("canary", "Correct-Horse-7", Map.of("nickname", "Tweety"));
    fixture.emulator.replicationLag(Duration.ofMillis(750));
    List<Optional<Duration>> heard = new ArrayList<>();
    LagReport report =
        meter()
            .samples(5)
            .listener(
                lag -> {
                  heard.add(lag);
                  throw new IllegalStateException("a listener that fails ends no run");
                })
            .measure();
    assertThat(report.arrived()).isEqualTo(5);
    assertThat(heard).hasSize(5).contains(report.percentile(50));
    assertThat(report.lost()).isZero();
    assertThat(report.percentile(50)).contains(Duration.ofMillis(800)); // ten looks a second
    assertThat(nickname()).isEqualTo("Tweety");
    assertThat(report.toString()).contains("p50 800 ms", "5 markers arrived");
  }

  @Test
  void markers_that_do_not_arrive_in_time_are_counted_as_lost() {
    fixture.emulator.createUser("canary", "Correct-Horse-7");
    fixture.emulator.replicationLag(Duration.ofHours(1));
    List<Optional<Duration>> heard = new ArrayList<>();
    LagReport report =
        meter().samples(2).patience(Duration.ofSeconds(1)).listener(heard::add).measure();
    assertThat(report.lost()).isEqualTo(2);
    assertThat(heard).containsExactly(Optional.empty(), Optional.empty());
    assertThat(report.percentile(90)).isEmpty();
    assertThat(nickname()).isEmpty();
  }

  @Test
  void a_canary_that_does_not_exist_is_said() {
    ReplicationLagMeter meter = meter();
    assertThatThrownBy(meter::measure)
        .isInstanceOf(OperationRefusedException.class)
        .hasCauseInstanceOf(UserNotFoundException.class);
    assertThatThrownBy(() -> meter().samples(0)).hasMessageContaining("samples");
    assertThatThrownBy(() -> meter().attribute("a b")).hasMessageContaining("attribute");
  }

  @Test
  void percentiles_are_of_what_arrived() {
    List<Duration> lags =
        IntStream.rangeClosed(1, 100).mapToObj(it -> Duration.ofMillis(101 - it)).toList();
    LagReport report = new LagReport(lags, 0, Duration.ofSeconds(1));
    assertThat(report.percentile(50)).contains(Duration.ofMillis(50));
    assertThat(report.percentile(90)).contains(Duration.ofMillis(90));
    assertThat(report.percentile(100)).contains(Duration.ofMillis(100));
  }
}
