package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTableTest {
  private final List<String> lines = SummaryTable.lines(SyntheticRun.of(7));
  private final String text = String.join(" ", lines).replaceAll(" +", " ");

  @Test
  void every_phase_has_every_operation_of_both_clients() {
    List<String> phases = List.of("healthy, 5 s", "primary hangs, 15 s", "recovered, 9 s");
    for (String phase : phases) {
      assertThat(lines.subList(lines.indexOf(phase) + 1, lines.indexOf(phase) + 7))
          .as(phase)
          .extracting(line -> line.substring(2, 23).strip().replaceAll(" +", " "))
          .containsExactly(
              "sign-in plain AWS SDK",
              "Twinpool",
              "refresh plain AWS SDK",
              "Twinpool",
              "sign-up plain AWS SDK",
              "Twinpool");
    }
  }

  @Test
  void failures_and_those_that_never_ended_are_told() {
    assertThat(text)
        .contains(
            "answered 0 of 270 sign-ins and refreshes while the primary hung; of all 580, 300"
                + " failed (160 still hanging when the demo ended) and 0 came late")
        .contains(
            "answered 270 of 270 sign-ins and refreshes while the primary hung; of all 580, 0"
                + " failed and 0 came late; the longest wait was 1.26 s");
  }

  @Test
  void the_times_to_switch_count_from_the_outage_and_from_its_end() {
    assertThat(text)
        .containsPattern("Time to switch 1.24 s after the primary stopped answering")
        .containsPattern("Time to switch back 7.5 s after the primary answered again");
  }

  @Test
  void it_says_what_was_refused_and_why() {
    assertThat(text).contains("13 refused at once (" + SyntheticRun.REFUSAL + ")");
  }

  @Test
  void it_says_that_waits_are_shortened() {
    assertThat(text).contains("dwell and steps are shortened: dwell 60 s → 5 s");
  }

  @Test
  void no_line_is_wider_than_a_terminal() {
    assertThat(lines).allMatch(line -> line.length() < 80);
  }

  @Test
  void the_columns_of_figures_line_up() {
    assertThat(
            lines.stream()
                .filter(line -> line.matches("  .*(sign-|refresh|   (plain|Twin)).* (ms|s)$")))
        .extracting(String::length)
        .containsOnly(lines.get(0).length());
  }
}
