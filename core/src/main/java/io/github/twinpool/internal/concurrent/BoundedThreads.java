package io.github.twinpool.internal.concurrent;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Executors that use an idle thread, or start one up to a limit, and let tasks wait beyond it. The
 * JDK's own either start a thread for each task or prefer waiting to a second thread. Who uses one
 * must bound the tasks that can wait.
 */
public final class BoundedThreads {
  private BoundedThreads() {}

  /**
   * An executor. It refuses tasks once it is shut down, with a {@link RejectedExecutionException}.
   *
   * @param max the most threads, at least 1
   * @param idle how long a thread without a task lives
   */
  public static ExecutorService executor(int max, Duration idle, ThreadFactory threads) {
    HandOver waiting = new HandOver();
    return new ThreadPoolExecutor(
        0,
        max,
        idle.toNanos(),
        TimeUnit.NANOSECONDS,
        waiting,
        threads,
        (task, executor) -> {
          if (executor.isShutdown()) {
            throw new RejectedExecutionException("shut down");
          }
          waiting.keep(task);
          // The last thread may have ended since this was refused, or the pool may have been
          // closed.
          if ((executor.isShutdown() || executor.getPoolSize() == 0) && waiting.remove(task)) {
            executor.execute(task);
          }
        });
  }

  /** Offers a task to a thread that is idle only, so that the pool starts another one. */
  private static final class HandOver extends LinkedTransferQueue<Runnable> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable task) {
      return tryTransfer(task);
    }

    void keep(Runnable task) {
      super.offer(task);
    }
  }
}
