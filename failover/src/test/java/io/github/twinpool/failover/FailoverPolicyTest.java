package io.github.twinpool.failover;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A contradiction is told by the field that was set. */
class FailoverPolicyTest {
  private static void refused(FailoverPolicy.Builder builder, String message) {
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage(message);
  }

  @Test
  void a_limit_below_a_default_is_the_limits_fault() {
    refused(
        FailoverPolicy.builder().callDeadline(Duration.ofSeconds(3)),
        "callDeadline PT3S: must be at least attemptTimeout, whose default is PT5.5S");
    refused(
        FailoverPolicy.builder().dwellCap(Duration.ofSeconds(10)),
        "dwellCap PT10S: must be at least dwell, whose default is PT1M");
    refused(
        FailoverPolicy.builder().probeInterval(Duration.ofMillis(500)),
        "probeInterval PT0.5S: must be at least suspectProbeInterval, whose default is PT1S");
  }

  @Test
  void a_value_above_its_limit_is_the_values_fault() {
    refused(
        FailoverPolicy.builder().attemptTimeout(Duration.ofSeconds(13)),
        "attemptTimeout PT13S: must be at most callDeadline PT12S");
    refused(
        FailoverPolicy.builder().dwell(Duration.ofHours(1)),
        "dwell PT1H: must be at most dwellCap PT15M");
    refused(
        FailoverPolicy.builder().suspectProbeInterval(Duration.ofSeconds(6)),
        "suspectProbeInterval PT6S: must be at most probeInterval PT5S");
  }
}
