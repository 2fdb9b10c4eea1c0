package io.github.twinpool.token;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link RefreshLoop} on a thread of its own. */
final class ThreadLoop implements RefreshLoop {
  private static final Logger log = LoggerFactory.getLogger(ThreadLoop.class);
  private static final long CLOSE_SECONDS = 2;

  private final ScheduledThreadPoolExecutor executor;
  private final LongSupplier nanoTime;

  ThreadLoop(ThreadFactory threads, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    executor = new ScheduledThreadPoolExecutor(1, threads);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public long nanoTime() {
    return nanoTime.getAsLong();
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(() -> guarded(task));
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // guarded() reports what goes wrong
  public void schedule(Duration delay, Runnable task) {
    try {
      executor.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      log.trace("closed: nothing is scheduled any more");
    }
  }

  @Override
  public void await(CompletableFuture<?> done, Duration patience) throws InterruptedException {
    try {
      done.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.trace("not done, or not well: callers look for themselves");
    }
  }

  /** A task that dies must not take the loop along. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("a task of the key refresh failed", e);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
