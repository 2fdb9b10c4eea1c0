package io.github.twinpool.examples;

/** The time of the load. */
interface LoadClock {
  /** Nanoseconds since the load began. */
  long elapsedNanos();

  /** Waits until so many nanoseconds have passed since the load began, if they have not. */
  void await(long elapsedNanos) throws InterruptedException;
}
