package io.github.twinpool.examples;

import io.github.twinpool.failover.PrimaryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * An open load: every call is sent when it is due, whatever became of the calls before it, and its
 * wait is counted from then. So a client that hangs gets no rest and cannot hide its waits behind
 * calls that were never made ("coordinated omission").
 */
final class LoadGenerator {
  private static final List<Operation> EVERY_TICK =
      List.of(Operation.SIGN_IN, Operation.REFRESH, Operation.VALIDATE);

  private final List<Contender> contenders;
  private final long periodNanos;
  private final int ticksPerSignUp;
  private final LoadClock clock;
  private final Executor workers;
  private final CallLog log;
  private long tick;

  /**
   * @param period the time from one tick to the next; each contender signs in, refreshes and
   *     validates once a tick
   * @param ticksPerSignUp how many ticks make one sign-up
   * @param workers runs each call, without a bound: a queue would delay calls behind hung ones
   */
  LoadGenerator(
      List<? extends Contender> contenders,
      Duration period,
      int ticksPerSignUp,
      LoadClock clock,
      Executor workers,
      CallLog log) {
    this.contenders = List.copyOf(contenders);
    this.periodNanos = period.toNanos();
    this.ticksPerSignUp = ticksPerSignUp;
    this.clock = clock;
    this.workers = workers;
    this.log = log;
  }

  /**
   * Sends what is due until a point in time, or until it is enough. Ticks fall in the middle of
   * their period, so that no call is due at the very moment at which a phase ends.
   */
  void run(Phase phase, long untilNanos, BooleanSupplier enough) throws InterruptedException {
    while (!enough.getAsBoolean()) {
      long dueNanos = tick * periodNanos + periodNanos / 2;
      if (dueNanos >= untilNanos) {
        clock.await(untilNanos);
        return;
      }
      clock.await(dueNanos);
      send(phase, dueNanos);
      tick++;
    }
  }

  private void send(Phase phase, long dueNanos) {
    List<Operation> operations = new ArrayList<>(EVERY_TICK);
    if (tick % ticksPerSignUp == 0) {
      operations.add(Operation.SIGN_UP);
    }
    for (Contender contender : contenders) {
      for (Operation operation : operations) {
        CallLog.Call call = log.begin(contender.name(), operation, phase, dueNanos);
        workers.execute(() -> perform(contender, operation, call));
      }
    }
  }

  private void perform(Contender contender, Operation operation, CallLog.Call call) {
    try {
      contender.call(operation);
      log.end(call, clock.elapsedNanos(), Outcome.OK, "");
    } catch (PrimaryUnavailableException e) {
      log.end(call, clock.elapsedNanos(), Outcome.REFUSED, problem(e));
    } catch (Exception e) {
      log.end(call, clock.elapsedNanos(), Outcome.FAILED, problem(e));
    }
  }

  private static String problem(Exception e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
