package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.CallReport.Reason;
import io.github.twinpool.failover.internal.calls.BlockingCalls.CallGate;
import io.github.twinpool.failover.internal.calls.Call.InFlight;
import io.github.twinpool.failover.internal.calls.CallPreparation.PreparedCall;
import io.github.twinpool.failover.internal.calls.NextStep.GivenUp;
import io.github.twinpool.failover.internal.regions.Causes;
import io.github.twinpool.failover.internal.regions.HttpAttempt;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls whose attempts are futures: those of the async client, and those of a blocking client whose
 * HTTP client cannot be aborted, which run on an executor. It never waits.
 */
final class AsyncCalls {
  /** Begins one attempt. Cancelling the future aborts it and its connection. */
  interface Send {
    CompletableFuture<Object> send(RegionRole role, HttpAttempt attempt);
  }

  private final Set<Running> active = ConcurrentHashMap.newKeySet();
  private final CallGate gate;
  private final GuardedFailover failover;
  private final Optional<Duration> hedging;
  private final ScheduledExecutorService timer;
  private final Executor steps;

  /**
   * @param steps runs what may have to resolve credentials: never on the heartbeat, nor on a thread
   *     of the SDK's
   */
  AsyncCalls(
      CallGate gate,
      GuardedFailover failover,
      Optional<Duration> hedging,
      ScheduledExecutorService timer,
      Executor steps) {
    this.gate = gate;
    this.failover = failover;
    this.hedging = hedging;
    this.timer = timer;
    this.steps = steps;
  }

  /**
   * Makes a call.
   *
   * @return completes with the Region's answer, or with what every attempt came to; cancelling it
   *     cancels the attempts in flight
   */
  CompletableFuture<Object> call(PreparedCall prepared, Send send) {
    CompletableFuture<Object> result;
    try {
      Call call = gate.enter(prepared);
      try {
        result = begin(call, send);
      } catch (Throwable e) {
        gate.leave();
        throw e;
      }
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
    result.whenComplete((value, error) -> gate.leave());
    return result;
  }

  /** The same for threads that must not wait for credentials: the heartbeat's, for one. */
  CompletableFuture<Object> callLater(PreparedCall prepared, Send send) {
    return later(() -> call(prepared, send));
  }

  private CompletableFuture<Object> later(Supplier<CompletableFuture<Object>> call) {
    CompletableFuture<Object> result = new CompletableFuture<>();
    step(
        () ->
            call.get()
                .whenComplete(
                    (value, error) -> {
                      if (error == null) {
                        result.complete(value);
                      } else {
                        result.completeExceptionally(error);
                      }
                    }));
    return result;
  }

  private CompletableFuture<Object> begin(Call call, Send send) {
    if (call.isRefused()) {
      return CompletableFuture.failedFuture(call.refusal());
    }
    Duration hedgeAfter = hedgeAfter(call);
    return hedgeAfter == null ? run(call, send) : hedge(call, send, hedgeAfter);
  }

  /** After what time a second Region is asked as well, or null. */
  private @Nullable Duration hedgeAfter(Call call) {
    boolean two = call.route().order().size() > 1;
    return two && call.needs().hedgeable() ? hedging.orElse(null) : null;
  }

  private CompletableFuture<Object> hedge(Call call, Send send, Duration after) {
    RegionRole first = call.firstRegion();
    HedgedCall hedged =
        new HedgedCall(
            call.operation(), first, (role, why) -> run(call.half(role, why), send), call::ended);
    CompletableFuture<Object> result = hedged.begin();
    if (!result.isDone()) {
      hedgeLater(hedged, first.other(), after, result);
    }
    return result;
  }

  private void hedgeLater(
      HedgedCall hedged, RegionRole second, Duration after, CompletableFuture<Object> result) {
    Runnable hedge =
        () -> {
          if (second == RegionRole.SECONDARY || !failover.primaryDown()) {
            step(() -> hedged.hedge(Reason.HEDGE));
          }
        };
    try {
      ScheduledFuture<?> timeout = timer.schedule(hedge, after.toNanos(), TimeUnit.NANOSECONDS);
      result.whenComplete((value, error) -> timeout.cancel(false));
    } catch (RejectedExecutionException e) {
      // Being closed: that ends the call.
    }
  }

  private CompletableFuture<Object> run(Call call, Send send) {
    Running running = new Running(call, send);
    active.add(running);
    running.result.whenComplete(
        (value, error) -> {
          active.remove(running);
          running.abandon();
        });
    running.begin(call.firstRegion(), null);
    if (gate.isClosed()) {
      running.close();
    }
    return running.result;
  }

  /** Ends attempts whose time is over, or whose Region was left by a switch. */
  void tick(long now, boolean leftPrimary, boolean leftSecondary) {
    for (Running running : active) {
      running.tick(now, leftPrimary, leftSecondary);
    }
  }

  boolean isIdle() {
    return active.isEmpty();
  }

  /** Ends every call at once; the gate lets no more in. */
  void close() {
    active.forEach(Running::close);
  }

  private void step(Runnable step) {
    try {
      steps.execute(step);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      step.run(); // Closed, or the machine has no thread to spare: a call must end all the same.
    }
  }

  /**
   * One call. An attempt is settled exactly once, by what comes first: its own end, its time-out,
   * the switch that leaves it behind, the caller who cancels. Only what settled it may go on, so a
   * call needs no lock and is never answered twice.
   */
  private final class Running {
    private final Call call;
    private final Send send;
    private final CompletableFuture<Object> result = new CompletableFuture<>();
    private volatile @Nullable Leg current;

    Running(Call call, Send send) {
      this.call = call;
      this.send = send;
    }

    /**
     * @param before what the attempt before came to
     */
    void begin(RegionRole role, @Nullable Throwable before) {
      InFlight attempt = call.begin(role);
      if (attempt == null) {
        RegionRole next = call.afterLeavingOut();
        if (next == null) {
          result.completeExceptionally(call.failure(before));
        } else {
          begin(next, before);
        }
        return;
      }
      Leg leg = new Leg(attempt);
      current = leg;
      CompletableFuture<Object> future;
      try {
        future =
            Objects.requireNonNull(send.send(role, attempt.http), "the client returned no future");
      } catch (Throwable e) { // An Error, too, would leave a call behind that never ends.
        future = CompletableFuture.failedFuture(e);
      }
      leg.future = future;
      future.whenComplete((value, error) -> ended(leg, value, error));
      // What settled the attempt before its future was known could not cancel it.
      if (leg.settled.get()) {
        leg.cancel();
      } else if (result.isDone()) {
        abandon();
      }
    }

    private void ended(Leg leg, @Nullable Object value, @Nullable Throwable error) {
      if (leg.settle()) {
        Throwable cause =
            error instanceof CompletionException && error.getCause() != null
                ? error.getCause()
                : error;
        next(leg, value, cause, null);
      }
    }

    private void next(
        Leg leg, @Nullable Object value, @Nullable Throwable error, @Nullable GivenUp givenUp) {
      try {
        leg.attempt.http.end();
        NextStep next = call.ended(leg.attempt, value, error, givenUp, !result.isDone());
        switch (next.kind()) {
          case ANSWER -> {
            if (error != null) {
              call.ended(true);
              result.completeExceptionally(error);
            } else {
              result.complete(call.answered(leg.attempt.role, value));
            }
          }
          case TRY -> tryNext(Objects.requireNonNull(next.role()), error);
          case FAIL -> result.completeExceptionally(call.failure(error));
          case FAIL_LOCALLY -> {
            call.ended(false);
            result.completeExceptionally(error == null ? call.closed() : Causes.unwrapped(error));
          }
        }
      } catch (Throwable e) { // A future would swallow it, and the caller would wait for ever.
        result.completeExceptionally(e);
      }
    }

    /** Not here: this may be a thread of the SDK's that has inherited another caller's tenant. */
    private void tryNext(RegionRole role, @Nullable Throwable error) {
      step(
          () -> {
            if (!result.isDone()) {
              begin(role, error);
            }
          });
    }

    void tick(long now, boolean leftPrimary, boolean leftSecondary) {
      Leg leg = current;
      if (leg == null || leg.settled.get()) {
        return;
      }
      boolean left = leg.attempt.role == RegionRole.PRIMARY ? leftPrimary : leftSecondary;
      GivenUp why = call.mustEnd(leg.attempt, now, left);
      if (why != null && leg.settle()) {
        leg.cancel();
        step(() -> next(leg, null, null, why));
      }
    }

    /** The caller no longer waits, or has the answer of another attempt. */
    void abandon() {
      Leg leg = current;
      if (leg != null && leg.settle()) {
        leg.cancel();
        leg.attempt.http.end();
        call.abandoned(leg.attempt);
      }
    }

    void close() {
      result.completeExceptionally(call.closed());
    }
  }

  /** An attempt and its future. */
  private static final class Leg {
    final InFlight attempt;
    final AtomicBoolean settled = new AtomicBoolean();
    volatile @Nullable CompletableFuture<Object> future;

    Leg(InFlight attempt) {
      this.attempt = attempt;
    }

    boolean settle() {
      return settled.compareAndSet(false, true);
    }

    void cancel() {
      attempt.http.giveUp();
      CompletableFuture<Object> it = future;
      if (it != null) {
        it.cancel(true);
      }
    }
  }
}
