package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.failover.CallReport;
import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.internal.concurrent.TwinpoolThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners what happens. Changes of state come in order and on a thread of its own, so that
 * no listener can hold up a call; reports of calls come where the call ends.
 */
final class Listeners implements AutoCloseable {
  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.twinpool.failover.MultiRegionCognito");
  private static final int QUEUE = 4_096;
  private static final long LAST_WORDS_MILLIS = 500;
  private static final Duration SLOW = Duration.ofMillis(10);

  private final List<FailoverListener> listeners;
  private final LongSupplier nanoTime;
  private final ExecutorService thread;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong missed = new AtomicLong();
  private final AtomicBoolean slow = new AtomicBoolean();
  private volatile @Nullable Thread teller;

  /**
   * @param thread tells changes of state, one after the other
   */
  Listeners(List<FailoverListener> listeners, LongSupplier nanoTime, ExecutorService thread) {
    this.listeners = List.copyOf(listeners);
    this.nanoTime = nanoTime;
    this.thread = thread;
  }

  /** One thread with a bounded queue. */
  static ExecutorService oneThread() {
    ThreadPoolExecutor thread =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            TwinpoolThreads.factory("twinpool-listener"));
    thread.allowCoreThreadTimeOut(true);
    return thread;
  }

  boolean isEmpty() {
    return listeners.isEmpty();
  }

  /** Tells all of them, each event after the one before; returns at once and never fails. */
  void tell(Consumer<FailoverListener> event) {
    if (listeners.isEmpty()) {
      return;
    }
    waiting.incrementAndGet();
    try {
      thread.execute(() -> tellAll(event));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      waiting.decrementAndGet();
      if (!thread.isShutdown() && missed.getAndIncrement() == 0) {
        LOG.warn("A failover listener is too slow, or no thread is free: it misses events");
      }
    }
  }

  private void tellAll(Consumer<FailoverListener> event) {
    teller = Thread.currentThread();
    listeners.forEach(listener -> tell(listener, event));
    long gap = waiting.decrementAndGet() == 0 ? missed.getAndSet(0) : 0;
    if (gap > 0) {
      LOG.warn("Failover listeners have missed {} events", gap);
    }
  }

  /** Tells all of them here and now, on the thread on which the call ends. */
  void report(CallReport report) {
    for (FailoverListener listener : listeners) {
      long before = nanoTime.getAsLong();
      tell(listener, it -> it.onCall(report));
      if (nanoTime.getAsLong() - before > SLOW.toNanos() && !slow.getAndSet(true)) {
        LOG.warn(
            "A failover listener took over {} ms for one report and held up the call: {}",
            SLOW.toMillis(),
            listener.getClass().getName());
      }
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
