package io.github.twinpool.emulator;

import io.github.twinpool.internal.concurrent.TwinpoolThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a {@link NetworkGate}, a daemon: it waits for sockets, for the time, and for
 * tasks from other threads. What it runs must not block.
 */
final class GateLoop {
  private static final Logger LOG = LoggerFactory.getLogger(GateLoop.class);

  private final Selector selector;
  private final LongSupplier nanoTime;
  private final Thread thread;
  private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Wake> wakes = new PriorityQueue<>();
  private volatile boolean ended;

  GateLoop(LongSupplier nanoTime) throws IOException {
    this.nanoTime = nanoTime;
    this.selector = Selector.open();
    this.thread = TwinpoolThreads.thread("twinpool-gate", this::run);
  }

  /** Attached to the keys of a channel, it is told what the channel is ready for. */
  interface Listener {
    void ready(SelectionKey key) throws IOException;
  }

  interface Task {
    void run() throws IOException;
  }

  void start(String name) {
    thread.setName(name);
    thread.start();
  }

  /** To register channels with, each with its {@link Listener}. */
  Selector selector() {
    return selector;
  }

  long now() {
    return nanoTime.getAsLong();
  }

  /** Runs something at a time of {@link #now()}. Only for the loop's thread. */
  void at(long time, Runnable action) {
    wakes.add(new Wake(time, action));
  }

  /**
   * Runs a task on the loop's thread and waits for its end.
   *
   * @throws UncheckedIOException if the task failed
   * @throws IllegalStateException if the loop has ended
   */
  void call(Task task) {
    Command command = new Command(task, new CompletableFuture<>());
    commands.add(command);
    selector.wakeup();
    if (ended) {
      refuseCommands();
    }
    try {
      command.done.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      throw cause instanceof IOException io
          ? new UncheckedIOException(io.getMessage(), io)
          : new IllegalStateException(thread.getName() + " could not", cause);
    }
  }

  /** Runs a last task, unless the loop has ended already, and waits for the thread's end. */
  void end(Task last) {
    try {
      call(
          () -> {
            ended = true;
            last.run();
          });
    } catch (IllegalStateException e) {
      LOG.debug("ended already", e);
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void refuseCommands() {
    for (Command command = commands.poll(); command != null; command = commands.poll()) {
      command.done.completeExceptionally(new IllegalStateException("closed"));
    }
  }

  private void run() {
    try {
      while (!ended) {
        selector.select(millisToNextWake());
        tellListeners();
        runCommands();
        runDueWakes();
      }
      selector.close();
    } catch (IOException | RuntimeException e) {
      LOG.error("{} broke down", thread.getName(), e);
    } finally {
      ended = true;
      refuseCommands();
    }
  }

  private void tellListeners() {
    for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
      SelectionKey key = keys.next();
      keys.remove();
      try {
        ((Listener) key.attachment()).ready(key);
      } catch (CancelledKeyException e) {
        LOG.trace("closed by an event before this one", e);
      } catch (IOException | RuntimeException e) {
        LOG.error("{} could not serve a socket", thread.getName(), e);
      }
    }
  }

  private void runCommands() {
    for (Command command = commands.poll(); command != null; command = commands.poll()) {
      try {
        command.task.run();
        selector.selectNow(); // a closed channel lets go of its socket only now
        command.done.complete(null);
      } catch (IOException | RuntimeException e) {
        command.done.completeExceptionally(e);
      }
    }
  }

  private long millisToNextWake() {
    Wake next = wakes.peek();
    if (next == null) {
      return 0; // for ever
    }
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.time - now() + 999_999));
  }

  private void runDueWakes() {
    long now = now();
    for (Wake next = wakes.peek(); next != null && next.time - now <= 0; next = wakes.peek()) {
      wakes.poll();
      next.action.run();
    }
  }

  private record Command(Task task, CompletableFuture<@Nullable Void> done) {}

  private record Wake(long time, Runnable action) implements Comparable<Wake> {
    @Override
    public int compareTo(Wake that) {
      return Long.signum(time - that.time);
    }
  }
}
