package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.failover.Advice;
import org.jspecify.annotations.Nullable;

/**
 * What somebody else's health check last said of the primary. Times are awake time in nanoseconds.
 */
final class AdviceEvidence {
  private @Nullable Advice kind;
  private long reportedAt = ProbeHistory.NEVER;
  private int unhealthyInARow;

  void report(Advice advice, boolean healthy, long now) {
    unhealthyInARow = healthy ? 0 : fresh(now) && kind == advice ? unhealthyInARow + 1 : 1;
    kind = advice;
    reportedAt = now;
  }

  /** Old advice is no advice. */
  private boolean fresh(long now) {
    return kind != null && now - reportedAt <= Thresholds.ADVICE_AGE;
  }

  /** Whether it speaks against the primary. */
  boolean unhealthy(long now) {
    return fresh(now) && unhealthyInARow > 0;
  }

  /** Whether it asks to leave the primary, whatever this process has seen. */
  boolean saysLeave(long now) {
    return kind == Advice.FOLLOW && fresh(now) && unhealthyInARow >= Thresholds.ADVICE_TO_FOLLOW;
  }
}
