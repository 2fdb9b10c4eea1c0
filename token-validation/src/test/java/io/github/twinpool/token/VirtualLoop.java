package io.github.twinpool.token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** A loop whose time passes only when a test says so. For one thread. */
final class VirtualLoop implements RefreshLoop {
  // Starts just below the overflow, where comparing nanoTime values with < would go wrong.
  private long now = Long.MAX_VALUE - Duration.ofHours(1).toNanos();
  private long elapsed;
  private long sequence;
  private boolean closed;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::sequence));

  private record Task(long at, long sequence, Runnable body) {}

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void execute(Runnable task) {
    if (closed) {
      throw new RejectedExecutionException();
    }
    schedule(Duration.ZERO, task);
  }

  @Override
  public void schedule(Duration delay, Runnable task) {
    tasks.add(new Task(elapsed + delay.toNanos(), sequence++, task));
  }

  /** Lets time pass while nothing runs, as for a process that is frozen. */
  void freeze(Duration duration) {
    advanceTo(elapsed + duration.toNanos());
  }

  /** Runs what is due now. */
  void run() {
    pass(Duration.ZERO);
  }

  /** Lets time pass and runs everything that falls due on the way. */
  void pass(Duration duration) {
    long end = elapsed + duration.toNanos();
    while (!tasks.isEmpty() && tasks.element().at() <= end) {
      Task task = tasks.remove();
      advanceTo(Math.max(elapsed, task.at()));
      task.body().run();
    }
    advanceTo(end);
  }

  @Override
  public void await(CompletableFuture<?> done, Duration patience) {
    for (long left = patience.toMillis(); left >= 0 && !done.isDone(); left--) {
      pass(left == patience.toMillis() ? Duration.ZERO : Duration.ofMillis(1));
    }
  }

  private void advanceTo(long at) {
    now += at - elapsed;
    elapsed = at;
  }

  @Override
  public void close() {
    closed = true;
    new ArrayList<>(tasks)
        .stream().filter(task -> task.at() <= elapsed).forEach(t -> t.body().run());
    tasks.clear();
  }
}
