package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A scheduler without a thread: the test runs the one task that waits, and no time passes. */
final class PollsOnDemand extends AbstractExecutorService implements ScheduledExecutorService {
  private final Queue<Task> waiting = new ArrayDeque<>();
  private boolean shutDown;

  /** Runs what waits; what it schedules waits for the next time. */
  void poll() {
    assertThat(waiting).as("exactly one poll is scheduled").hasSize(1);
    waiting.remove().run();
  }

  /** How long the next poll would have to wait. */
  Duration pause() {
    return waiting.element().pause;
  }

  @Override
  public void execute(Runnable command) {
    schedule(command, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    Task task = new Task(command, Duration.of(delay, unit.toChronoUnit()));
    waiting.add(task);
    return task;
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
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
    shutDown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutDown = true;
    waiting.clear();
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return shutDown;
  }

  @Override
  public boolean isTerminated() {
    return shutDown && waiting.isEmpty();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }

  private static final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final Duration pause;

    Task(Runnable command, Duration pause) {
      super(command, null);
      this.pause = pause;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(pause);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
