package io.github.twinpool.failover.internal.machine;

/**
 * The time during which this process ran, in nanoseconds. A late tick means that nothing here ran,
 * neither the calls nor what would have ended them: that time must not make calls look old.
 */
final class AwakeTime {
  private long monotonic;
  private long lastTick;
  private long paused;
  private long gapSubtracted;
  private long awake;

  AwakeTime(long start) {
    monotonic = start;
    awake = start;
    lastTick = start;
  }

  void advance(long now) {
    long gap = now - lastTick;
    if (gap > Thresholds.TICK_GAP) {
      paused += gap - gapSubtracted;
      gapSubtracted = gap;
    }
    monotonic = Math.max(monotonic, now);
    // What was counted before the gap showed is not taken back: time never runs backwards.
    awake = Math.max(awake, monotonic - paused);
  }

  /** The same, at a tick: gaps are counted from here on. */
  void tick(long now) {
    advance(now);
    lastTick = now;
    gapSubtracted = 0;
  }

  long now() {
    return awake;
  }

  /** With the pauses: the clock by which deadlines of people are kept. */
  long monotonic() {
    return monotonic;
  }
}
