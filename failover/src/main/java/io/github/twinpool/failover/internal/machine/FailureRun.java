package io.github.twinpool.failover.internal.machine;

/** Failures of one Region's calls without an answer between them. Times are awake time. */
final class FailureRun {
  private int count;
  private long first = ProbeHistory.NEVER;
  private long last = ProbeHistory.NEVER;
  private long lastStart = ProbeHistory.NEVER;

  void failed(long took, long now) {
    if (count++ == 0) {
      first = now;
    }
    last = now;
    lastStart = Math.max(lastStart, now - took);
  }

  /** The run is over; when the last failure was is still known. */
  void end() {
    count = 0;
  }

  int count() {
    return count;
  }

  /** Whether there are enough of them, and not just of one moment. */
  boolean isOutage() {
    return count >= Thresholds.FAILURES_IN_A_ROW && last - first >= Thresholds.FAILURES_OVER;
  }

  long last() {
    return last;
  }

  /** When the call began that failed, the latest of all. */
  long lastStart() {
    return lastStart;
  }
}
