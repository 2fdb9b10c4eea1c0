package io.github.twinpool.token;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events on their way to listeners: in order, one at a time. Strangers' tokens cause some of them
 * and a listener may be slow, so there is a bound: what comes while too many wait is lost.
 */
final class EventQueue {
  static final int PLACES = 1_000;

  private static final Logger log = LoggerFactory.getLogger(EventQueue.class);

  private final Executor executor;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;
  private boolean full;

  /**
   * @param executor runs the events; it may refuse them once it is shut down
   */
  EventQueue(Executor executor) {
    this.executor = executor;
  }

  /** Runs an event soon, unless too many wait already. */
  void add(Runnable event) {
    synchronized (waiting) {
      if (waiting.size() >= PLACES) {
        if (!full) {
          log.warn("listeners of the token validator are too slow: they miss events");
        }
        full = true;
        return;
      }
      waiting.add(event);
      if (running) {
        return;
      }
      running = true;
    }
    start();
  }

  private void start() {
    try {
      executor.execute(this::runAll);
    } catch (RejectedExecutionException | OutOfMemoryError refused) {
      stop(); // Closed, or the machine has no thread to spare: the next event begins anew.
      log.trace("listeners hear nothing for now");
    }
  }

  private void runAll() {
    boolean done = false;
    try {
      for (Runnable event = next(); event != null; event = next()) {
        event.run();
      }
      done = true;
    } finally {
      if (!done) {
        stop(); // an event has died of an error: the next one begins anew
      }
    }
  }

  private @Nullable Runnable next() {
    synchronized (waiting) {
      Runnable next = waiting.poll();
      if (next == null) {
        running = false;
        full = false;
      }
      return next;
    }
  }

  private void stop() {
    synchronized (waiting) {
      running = false;
    }
  }
}
