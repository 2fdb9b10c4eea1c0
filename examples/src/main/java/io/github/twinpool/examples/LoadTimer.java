package io.github.twinpool.examples;

import java.util.function.LongSupplier;

/** A {@link LoadClock} that begins when it is told to. */
final class LoadTimer implements LoadClock {
  /** Sleeps for so many nanoseconds. */
  interface Pause {
    void sleep(long nanos) throws InterruptedException;
  }

  private final LongSupplier nanoTime;
  private final Pause pause;
  private volatile long beganNanos;

  LoadTimer(LongSupplier nanoTime, Pause pause) {
    this.nanoTime = nanoTime;
    this.pause = pause;
    begin();
  }

  /** The load begins now. */
  void begin() {
    beganNanos = nanoTime.getAsLong();
  }

  @Override
  public long elapsedNanos() {
    return nanoTime.getAsLong() - beganNanos;
  }

  @Override
  public void await(long elapsedNanos) throws InterruptedException {
    for (long left = elapsedNanos - elapsedNanos();
        left > 0;
        left = elapsedNanos - elapsedNanos()) {
      pause.sleep(left);
    }
  }
}
