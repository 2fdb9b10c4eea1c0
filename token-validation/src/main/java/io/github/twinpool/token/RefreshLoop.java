package io.github.twinpool.token;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The one thread on which a validator decides about its keys, and the elapsed time there. Tasks run
 * one after the other and never block; what they share needs no lock.
 */
interface RefreshLoop extends AutoCloseable {
  /** Elapsed nanoseconds from an arbitrary origin, as {@link System#nanoTime()}. */
  long nanoTime();

  /**
   * Runs a task soon.
   *
   * @throws java.util.concurrent.RejectedExecutionException after {@link #close()}
   */
  void execute(Runnable task);

  /** Runs a task after a delay, unless the loop is closed by then. */
  void schedule(Duration delay, Runnable task);

  /**
   * Waits until something is done that the loop does, or for a time. Not for the loop's own thread.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  void await(CompletableFuture<?> done, Duration patience) throws InterruptedException;

  /** Runs what was to run soon, and nothing after it. */
  @Override
  void close();
}
