package io.github.twinpool.failover;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs one row: an open load, so that every call is sent when it is due whatever became of those
 * before it, and its wait is counted from then.
 */
final class MatrixRun {
  private static final MatrixOperation[] MOVABLE = {
    MatrixOperation.INITIATE_AUTH,
    MatrixOperation.GET_USER,
    MatrixOperation.INITIATE_AUTH,
    MatrixOperation.LIST_USERS,
    MatrixOperation.INITIATE_AUTH
  };

  /** Longer than any call may take: the deadline of the default policy is 12 s. */
  private static final int DRAIN_SECONDS = 30;

  private final MatrixRow row;
  private final Queue<MatrixCall> ended = new ConcurrentLinkedQueue<>();
  private final Phaser movable = new Phaser(1);
  private final Phaser signUps = new Phaser(1);
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private int number;

  private MatrixRun(MatrixRow row) {
    this.row = row;
  }

  static MatrixResult of(MatrixRow row) throws InterruptedException {
    return new MatrixRun(row).run();
  }

  private MatrixResult run() throws InterruptedException {
    ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    try (MatrixWorld world = new MatrixWorld(row)) {
      if (row.warm()) {
        warmUp(world);
      }
      long begin = System.nanoTime();
      for (MatrixRow.Step step : row.steps()) {
        timer.schedule(
            () -> step.action().accept(world), (long) (step.atSecond() * 1e9), NANOSECONDS);
      }
      if (row.burst() > 0) {
        timer.schedule(
            () -> burst(world, begin), (long) (row.faultAt() * 1e9) + 50_000_000L, NANOSECONDS);
      }
      CountDownLatch done = new CountDownLatch(1);
      long period = (long) (1e9 / row.callsPerSecond());
      timer.scheduleAtFixedRate(() -> tick(world, begin, period, done), 0, period, NANOSECONDS);
      done.await();
      timer.shutdown();
      int hanging = drain(movable);
      world.recover();
      drain(signUps);
      long fault = begin + (long) (row.faultAt() * 1e9);
      return MatrixResult.of(row, world, List.copyOf(ended), hanging, fault);
    } finally {
      timer.shutdownNow();
      callers.shutdownNow();
    }
  }

  private void warmUp(MatrixWorld world) {
    for (MatrixOperation operation : MatrixOperation.values()) {
      operation.sync(world, "warm-up-" + operation);
      operation.async(world, "warm-up-async-" + operation).join();
    }
  }

  private void tick(MatrixWorld world, long begin, long period, CountDownLatch done) {
    long due = number * period;
    if (due >= SECONDS.toNanos(row.seconds())) {
      done.countDown();
      return;
    }
    int at = number++;
    MatrixOperation operation = MOVABLE[at % MOVABLE.length];
    // An odd number of operations: each comes by both clients in turn.
    call(world, operation, at % 2 == 1, begin, due, "call-" + at);
    if (at % 5 == 4) {
      call(world, MatrixOperation.SIGN_UP, at % 2 == 1, begin, due, "user-" + at);
    }
  }

  private void burst(MatrixWorld world, long begin) {
    long due = System.nanoTime() - begin;
    for (int i = 0; i < row.burst(); i++) {
      call(world, MatrixOperation.INITIATE_AUTH, false, begin, due, "burst-" + i);
    }
  }

  private void call(
      MatrixWorld world,
      MatrixOperation operation,
      boolean async,
      long begin,
      long due,
      String id) {
    underWay(operation).register();
    if (async) {
      begun(() -> operation.async(world, id))
          .whenComplete((value, error) -> ended(operation, true, begin, due, error));
    } else {
      callers.execute(
          () -> {
            Throwable failure = null;
            try {
              operation.sync(world, id);
            } catch (RuntimeException e) {
              failure = e;
            }
            ended(operation, false, begin, due, failure);
          });
    }
  }

  private interface Begin {
    CompletableFuture<?> call();
  }

  private static CompletableFuture<?> begun(Begin begin) {
    try {
      return begin.call();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void ended(
      MatrixOperation operation, boolean async, long begin, long due, @Nullable Throwable error) {
    long waited = System.nanoTime() - begin - due;
    ended.add(new MatrixCall(operation, async, due, waited, MatrixCall.bare(error)));
    underWay(operation).arriveAndDeregister();
  }

  private Phaser underWay(MatrixOperation operation) {
    return operation == MatrixOperation.SIGN_UP ? signUps : movable;
  }

  /** Waits for these calls; the result is how many never ended. */
  private static int drain(Phaser calls) throws InterruptedException {
    try {
      calls.awaitAdvanceInterruptibly(calls.arrive(), DRAIN_SECONDS, SECONDS);
      return 0;
    } catch (TimeoutException e) {
      return calls.getUnarrivedParties();
    }
  }
}
