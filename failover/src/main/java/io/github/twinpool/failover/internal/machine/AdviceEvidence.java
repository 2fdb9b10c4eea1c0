package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.failover.Advice;
import java.util.HashMap;
import java.util.Map;

/**
 * What health checks outside of this process last said of the primary: each source by itself, so
 * that one that is content does not cancel one that is not. Times are awake time in nanoseconds.
 */
final class AdviceEvidence {
  private record Reading(Advice kind, int unhealthyInARow, long since) {
    boolean isFresh(long now) {
      return now - since <= Thresholds.ADVICE_AGE;
    }
  }

  /** More than any pool has health checks. */
  private static final int MOST_SOURCES = 64;

  private final Map<String, Reading> readings = new HashMap<>();

  void report(String source, Advice advice, boolean healthy, long now) {
    // What has expired says nothing, and must not pile up.
    readings.values().removeIf(it -> !it.isFresh(now));
    if (readings.size() >= MOST_SOURCES && !readings.containsKey(source)) {
      return;
    }
    Reading last = readings.get(source);
    int before = last != null && last.kind() == advice ? last.unhealthyInARow() : 0;
    int unhealthy = healthy ? 0 : before + 1;
    readings.put(source, new Reading(advice, unhealthy, now));
  }

  /** Whether any of them speaks against the primary. */
  boolean unhealthy(long now) {
    return readings.values().stream().anyMatch(it -> it.isFresh(now) && it.unhealthyInARow() > 0);
  }

  /** Whether any asks to leave the primary, whatever this process has seen. */
  boolean saysLeave(long now) {
    return readings.values().stream()
        .anyMatch(
            it ->
                it.kind() == Advice.FOLLOW
                    && it.isFresh(now)
                    && it.unhealthyInARow() >= Thresholds.ADVICE_TO_FOLLOW);
  }
}
