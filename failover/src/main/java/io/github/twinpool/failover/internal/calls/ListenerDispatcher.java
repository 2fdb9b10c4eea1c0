package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.internal.concurrent.TwinpoolThreads;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners what happens, in order and on a thread of its own, so that none can hold up a
 * call.
 */
public final class ListenerDispatcher implements Listeners, AutoCloseable {
  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.twinpool.failover.MultiRegionCognito");
  private static final int QUEUE = 4_096;
  private static final long LAST_WORDS_MILLIS = 500;

  private final List<FailoverListener> listeners;
  private final ThreadPoolExecutor thread;
  private final AtomicLong missed = new AtomicLong();
  private volatile @Nullable Thread teller;

  public ListenerDispatcher(List<FailoverListener> listeners) {
    this.listeners = List.copyOf(listeners);
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            TwinpoolThreads.factory("twinpool-listener"));
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public void tell(Consumer<FailoverListener> event) {
    if (listeners.isEmpty()) {
      return;
    }
    try {
      thread.execute(() -> tellAll(event));
    } catch (RejectedExecutionException e) {
      if (!thread.isShutdown() && missed.getAndIncrement() == 0) {
        LOG.warn("A failover listener is too slow: it misses events");
      }
    }
  }

  private void tellAll(Consumer<FailoverListener> event) {
    teller = Thread.currentThread();
    listeners.forEach(listener -> tell(listener, event));
    long gap = thread.getQueue().isEmpty() ? missed.getAndSet(0) : 0;
    if (gap > 0) {
      LOG.warn("Failover listeners have missed {} events", gap);
    }
  }

  private static void tell(FailoverListener listener, Consumer<FailoverListener> event) {
    try {
      event.accept(listener);
    } catch (Throwable e) { // An Error, too, is the listener's own affair.
      LOG.warn("A failover listener has failed", e);
    }
  }

  /** Delivers what is queued, but does not wait long for a listener that blocks. */
  @Override
  public void close() {
    thread.shutdown();
    if (Thread.currentThread() == teller) {
      return;
    }
    try {
      if (!thread.awaitTermination(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
