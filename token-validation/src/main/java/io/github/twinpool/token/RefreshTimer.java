package io.github.twinpool.token;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When the next refresh is due: ahead of the interval after a success, with growing pauses after
 * failures, and never on the minute of all other processes. Lives on the loop.
 */
final class RefreshTimer {
  private final KeyPolicy policy;
  private final RefreshLoop loop;
  private final RandomGenerator random;
  private int failuresInRow;
  private long generation;

  RefreshTimer(KeyPolicy policy, RefreshLoop loop, RandomGenerator random) {
    this.policy = policy;
    this.loop = loop;
    this.random = random;
  }

  /** Whether sources have failed, so that a pause is due before they are asked again. */
  boolean pausing() {
    return failuresInRow > 0;
  }

  /** Schedules the refresh after one that has brought keys. */
  void afterSuccess(Runnable refresh) {
    failuresInRow = 0;
    schedule(policy.refreshInterval(), refresh);
  }

  /**
   * Schedules the next attempt after one that has brought none.
   *
   * @param ready whether there are keys from before: without, every token waits for the recovery
   */
  void afterFailure(boolean ready, Runnable refresh) {
    double doubled = Math.scalb(1.0, Math.min(failuresInRow++, 16));
    Duration pause = scaled(policy.retryMin(), doubled);
    Duration max = ready ? policy.retryMax() : policy.refetchSpacing();
    schedule(pause.compareTo(max) < 0 ? pause : max, refresh);
  }

  /** What was scheduled before, does nothing any more. */
  private void schedule(Duration pause, Runnable refresh) {
    long mine = ++generation;
    loop.schedule(
        scaled(pause, 0.8 + 0.2 * random.nextDouble()),
        () -> {
          if (mine == generation) {
            refresh.run();
          }
        });
  }

  private static Duration scaled(Duration duration, double factor) {
    return Duration.ofNanos((long) (duration.toNanos() * factor));
  }
}
