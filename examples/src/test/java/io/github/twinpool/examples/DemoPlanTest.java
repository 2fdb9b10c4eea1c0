package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoPlanTest {
  @Test
  void without_options_it_is_the_plan_of_the_readme() {
    DemoPlan plan = DemoPlan.parse(List.of());

    assertThat(plan).isEqualTo(DemoPlan.defaults());
    assertThat(plan.rate()).isEqualTo(10);
    assertThat(plan.healthy()).hasSeconds(5);
    assertThat(plan.outage()).hasSeconds(15);
    assertThat(plan.secondaryLatency()).hasMillis(70);
    assertThat(plan.report()).isEqualTo(Path.of("target/outage-report.html"));
  }

  @Test
  void each_option_changes_its_own_value() {
    DemoPlan plan =
        DemoPlan.parse(
            List.of(
                "--rate",
                "20",
                "--healthy",
                "1500ms",
                "--outage",
                "1m",
                "--recovery",
                "30s",
                "--latency",
                "0ms",
                "--report",
                "else/where.html"));

    assertThat(plan)
        .isEqualTo(
            new DemoPlan(
                20,
                Duration.ofMillis(1500),
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Duration.ZERO,
                Path.of("else/where.html")));
  }

  @Test
  void the_period_is_the_time_from_one_sign_in_to_the_next() {
    assertThat(DemoPlan.parse(List.of("--rate", "40")).period()).hasMillis(25);
  }

  @ParameterizedTest
  @CsvSource({
    "--rate, 0",
    "--rate, 201",
    "--rate, -1",
    "--rate, ten",
    "--rate, 99999999999",
    "--healthy, 5",
    "--healthy, 5h",
    "--healthy, -5s",
    "--healthy, 499ms",
    "--outage, ''",
    "--outage, 9999999s",
    "--outage, 11m",
    "--recovery, 1.5s",
    "--latency, 70 ms",
    "--report, '\0'",
  })
  void a_bad_value_is_refused_by_name(String option, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DemoPlan.parse(List.of(option, value)))
        .withMessageStartingWith(option + " '");
  }

  @Test
  void an_unknown_option_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DemoPlan.parse(List.of("--speed", "9")))
        .withMessage("'--speed' is not an option");
  }

  @Test
  void an_option_without_a_value_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DemoPlan.parse(List.of("--rate")))
        .withMessage("--rate wants a value");
  }

  @Test
  void the_usage_names_every_option() {
    assertThat(DemoPlan.USAGE)
        .contains("--rate", "--healthy", "--outage", "--recovery", "--latency", "--report");
  }
}
