package io.github.twinpool.failover;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners what happens, in order and on a thread of its own, so that none can hold up a
 * call.
 */
final class ListenerDispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MultiRegionCognito.class);
  private static final int QUEUE = 4_096;

  private final List<FailoverListener> listeners;
  private final ThreadPoolExecutor thread;

  ListenerDispatcher(List<FailoverListener> listeners) {
    this.listeners = List.copyOf(listeners);
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            Threads.daemons("twinpool-listener"));
    thread.allowCoreThreadTimeOut(true);
  }

  void tell(Consumer<FailoverListener> event) {
    if (listeners.isEmpty()) {
      return;
    }
    try {
      thread.execute(() -> listeners.forEach(listener -> tell(listener, event)));
    } catch (RejectedExecutionException e) {
      if (!thread.isShutdown()) {
        LOG.warn("A failover listener is too slow: it misses an event");
      }
    }
  }

  private static void tell(FailoverListener listener, Consumer<FailoverListener> event) {
    try {
      event.accept(listener);
    } catch (RuntimeException e) {
      LOG.warn("A failover listener has failed", e);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
