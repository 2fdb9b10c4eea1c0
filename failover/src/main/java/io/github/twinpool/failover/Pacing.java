package io.github.twinpool.failover;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long dwell and failback steps take: jittered, and the dwell doubled by each relapse. */
final class Pacing {
  private static final double JITTER = 0.2;

  private final FailoverPolicy policy;
  private final RandomGenerator random;
  private int relapses;
  private long lastDwell;

  Pacing(FailoverPolicy policy, RandomGenerator random) {
    this.policy = policy;
    this.random = random;
  }

  long nextDwell() {
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

  /** The primary failed again. */
  void relapsed() {
    relapses++;
  }

  /**
   * The primary failed after serving for so long: a relapse only if it did not outlast the last
   * dwell.
   */
  void failedAfter(long served) {
    if (lastDwell != 0 && served < lastDwell) {
      relapses++;
    } else {
      relapses = 0;
    }
  }

  private long jittered(long nanos) {
    return (long) (nanos * random.nextDouble(1 - JITTER, 1 + JITTER));
  }
}
