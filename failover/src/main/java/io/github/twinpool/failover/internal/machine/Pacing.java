package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.failover.FailoverPolicy;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long dwell and failback steps take: jittered, and the dwell doubled by each relapse. */
final class Pacing {
  private static final double JITTER = 0.2;

  private final FailoverPolicy policy;
  private final RandomGenerator random;
  private int relapses;
  private long lastDwell;
  private int relapsesBefore;
  private long dwellBefore;

  Pacing(FailoverPolicy policy, RandomGenerator random) {
    this.policy = policy;
    this.random = random;
  }

  /** The dwell of a switch that was no relapse, nor says that the last one is over. */
  long nextDwell() {
    dwellBefore = lastDwell;
    relapsesBefore = relapses;
    return drawDwell();
  }

  private long drawDwell() {
    long base = policy.dwell().toNanos();
    long cap = policy.dwellCap().toNanos();
    for (int i = 0; i < relapses && base < cap; i++) {
      base *= 2;
    }
    lastDwell = jittered(Math.min(base, cap));
    return lastDwell;
  }

  long nextStep() {
    return jittered(policy.failbackStep().toNanos());
  }

  long probeInterval(boolean closely) {
    Duration interval = closely ? policy.suspectProbeInterval() : policy.probeInterval();
    return jittered(interval.toNanos());
  }

  /** The dwell after the primary failed during its failback. */
  long dwellAfterRelapse() {
    dwellBefore = lastDwell;
    relapsesBefore = relapses++;
    return drawDwell();
  }

  /**
   * The dwell after the primary failed that had served for so long: a relapse only if it did not
   * outlast the last dwell.
   */
  long dwellAfterServing(long served) {
    dwellBefore = lastDwell;
    relapsesBefore = relapses;
    relapses = lastDwell != 0 && served < lastDwell ? relapses + 1 : 0;
    return drawDwell();
  }

  /** The last dwell was drawn for a switch that turned out to be a mistake. */
  void takeBack() {
    lastDwell = dwellBefore;
    relapses = relapsesBefore;
  }

  private long jittered(long nanos) {
    return (long) (nanos * random.nextDouble(1 - JITTER, 1 + JITTER));
  }
}
