package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;
import software.amazon.awssdk.services.route53.model.HealthCheckObservation;

/** Route 53 developer guide: healthy is what more than 18 % of the checkers find healthy. */
class HealthReadingTest {

  private static HealthCheckObservation observation(String status) {
    return HealthCheckObservation.builder().statusReport(r -> r.status(status)).build();
  }

  private static List<HealthCheckObservation> observations(int healthy, int checkers) {
    return IntStream.range(0, checkers)
        .mapToObj(
            i ->
                observation(
                    i < healthy ? "Success: HTTP Status Code 200, OK" : "Failure: timed out"))
        .toList();
  }

  private static HealthCheckConfig config(boolean inverted, boolean disabled) {
    return HealthCheckConfig.builder().inverted(inverted).disabled(disabled).build();
  }

  @ParameterizedTest
  @CsvSource({
    "16, 16, false, false, true",
    "3, 16, false, false, true", // 18.75 %
    "2, 16, false, false, false",
    "9, 50, false, false, false", // 18 % is not more than 18 %
    "10, 50, false, false, true",
    "0, 16, false, false, false",
    "16, 16, true, false, false",
    "0, 16, true, false, true",
    "0, 16, false, true, true",
    "16, 16, true, true, false",
    "0, 0, false, true, true",
    "0, 0, true, true, false"
  })
  void a_check_is_read_as_route_53_reads_it(
      int healthy, int checkers, boolean inverted, boolean disabled, boolean expected) {
    assertThat(HealthReading.of(config(inverted, disabled), observations(healthy, checkers)))
        .hasValueSatisfying(it -> assertThat(it.healthy()).isEqualTo(expected));
  }

  @Test
  void without_reports_there_is_no_reading() {
    assertThat(HealthReading.of(config(false, false), List.of())).isEmpty();
    List<HealthCheckObservation> silent = List.of(HealthCheckObservation.builder().build());
    assertThat(HealthReading.of(config(true, false), silent)).isEmpty();
  }

  @Test
  void what_the_config_leaves_out_is_false() {
    assertThat(HealthReading.of(HealthCheckConfig.builder().build(), observations(16, 16)))
        .contains(new HealthReading(true, 16, 16));
  }
}
