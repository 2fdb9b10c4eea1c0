package io.github.twinpool.failover.internal.calls;

import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A clock, and an executor that runs its tasks on the test's thread when their time has come. */
final class VirtualTime extends AbstractExecutorService implements ScheduledExecutorService {
  private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
  private long now;
  private long ids;
  private boolean rejecting;

  long now() {
    return now;
  }

  /** From here on no task is taken. */
  void reject() {
    rejecting = true;
  }

  /** It is later now; what has come due in between runs when it is asked to. */
  void jumpTo(long time) {
    now = time;
  }

  /** When the next task is due. */
  long nextDue() {
    return tasks.isEmpty() ? Long.MAX_VALUE : tasks.peek().at;
  }

  void runDue() {
    while (!tasks.isEmpty() && tasks.peek().at <= now) {
      tasks.poll().run();
    }
  }

  void passTo(long time) {
    while (!tasks.isEmpty() && tasks.peek().at <= time) {
      now = Math.max(now, tasks.peek().at);
      tasks.poll().run();
    }
    now = time;
  }

  @Override
  public void execute(Runnable command) {
    schedule(command, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return add(
        () -> {
          command.run();
          return null;
        },
        unit.toNanos(delay));
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return add(callable, unit.toNanos(delay));
  }

  private <V> Task<V> add(Callable<V> callable, long nanos) {
    if (rejecting) {
      throw new RejectedExecutionException("told to");
    }
    Task<V> task = new Task<>(callable, now + nanos, ++ids);
    tasks.add(task);
    return task;
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void shutdown() {
    rejecting = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    rejecting = true;
    List<Runnable> waiting = List.copyOf(tasks);
    tasks.clear();
    return waiting;
  }

  @Override
  public boolean isShutdown() {
    return rejecting;
  }

  @Override
  public boolean isTerminated() {
    return rejecting && tasks.isEmpty();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }

  Duration elapsed() {
    return Duration.ofNanos(now);
  }

  private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
    private final long at;
    private final long id;

    Task(Callable<V> callable, long at, long id) {
      super(callable);
      this.at = at;
      this.id = id;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - now, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      Task<?> it = (Task<?>) other;
      return at == it.at ? Long.compare(id, it.id) : Long.compare(at, it.at);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(id);
    }
  }
}
