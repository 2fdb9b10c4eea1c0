package io.github.twinpool.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.failover.internal.machine.Thresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/defaults.md says what the code does. */
class DefaultsPageTest {
  private final List<String> rows;

  DefaultsPageTest() throws IOException {
    rows = Files.readAllLines(Path.of("../docs/defaults.md"));
  }

  private String row(String name) {
    return rows.stream()
        .filter(line -> line.startsWith("| " + name) || line.startsWith("| `" + name + "`"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row for " + name));
  }

  private static String seconds(long nanos) {
    return seconds(Duration.ofNanos(nanos));
  }

  private static String seconds(Duration time) {
    double seconds = time.toMillis() / 1000.0;
    return (seconds == Math.rint(seconds) ? "" + (long) seconds : "" + seconds) + " s";
  }

  @Test
  void the_policy_has_the_documented_defaults() {
    FailoverPolicy policy = FailoverPolicy.defaults();
    assertThat(row("attemptTimeout")).contains("| " + seconds(policy.attemptTimeout()) + " |");
    assertThat(row("callDeadline")).contains("| " + seconds(policy.callDeadline()) + " |");
    assertThat(row("dwell")).contains("| " + seconds(policy.dwell()) + " ");
    assertThat(row("dwellCap")).contains("| " + policy.dwellCap().toMinutes() + " min |");
    assertThat(row("failbackStep")).contains("| " + seconds(policy.failbackStep()) + " ");
    assertThat(row("probeInterval")).contains("| " + seconds(policy.probeInterval()) + " ");
    assertThat(row("suspectProbeInterval"))
        .contains("| " + seconds(policy.suspectProbeInterval()) + " ");
    assertThat(row("hedgeAfter")).contains("| never |");
    assertThat(policy.hedgeAfter()).isEmpty();
    assertThat(row("observeOnly")).contains("| " + policy.observeOnly() + " |");
  }

  @Test
  void calls_are_judged_by_the_documented_numbers() {
    assertThat(row("age that makes a Region suspect")).contains(seconds(Thresholds.SUSPECT_AGE));
    assertThat(row("silence "))
        .contains(Thresholds.SILENT_CALLS + " calls over " + seconds(Thresholds.SILENT_AGE))
        .contains("unanswered for " + seconds(Thresholds.SILENT_PROBE));
    assertThat(row("silence although the probe answers"))
        .contains(Thresholds.SILENT_CALLS_DESPITE_PROBE + " calls over ")
        .contains(seconds(Thresholds.SILENT_AGE_DESPITE_PROBE));
    assertThat(row("failures in a row"))
        .contains("| " + Thresholds.FAILURES_IN_A_ROW + ", ")
        .contains("at least " + seconds(Thresholds.FAILURES_OVER));
    String window =
        "%d %% of at least %d calls in %d s"
            .formatted(
                (int) Thresholds.WINDOW_PERCENT,
                Thresholds.WINDOW_CALLS,
                Thresholds.WINDOW_SECONDS);
    assertThat(row("failure rate")).contains(window);
    assertThat(row("slowness"))
        .contains(window + " took over " + seconds(Thresholds.SLOW_CALL))
        .contains("twice as fast");
    assertThat(Thresholds.SLOWER_THAN_OTHER).isEqualTo(2);
  }

  @Test
  void modes_follow_from_the_documented_numbers() {
    assertThat(row("probe time-out"))
        .contains(seconds(Thresholds.PROBE_TIMEOUT))
        .contains(Thresholds.PROBES_FAILED + " of the last " + Thresholds.PROBES_REMEMBERED);
    assertThat(row("secondary's last answer")).contains(seconds(Thresholds.ANSWERED_WITHIN));
    assertThat(row("local trouble")).contains(seconds(Thresholds.LOCAL_TROUBLE));
    assertThat(row("gap between ticks")).contains(seconds(Thresholds.TICK_GAP));
    assertThat(row("both down"))
        .contains("attempts of " + seconds(Thresholds.BOTH_DOWN_ATTEMPT))
        .contains(Thresholds.BOTH_DOWN_IN_FLIGHT + " calls");
    assertThat(row("advice from outside")).contains(seconds(Thresholds.ADVICE_AGE));
    assertThat(row("repeated probes")).contains(seconds(Thresholds.PROBE_GAP));
  }
}
