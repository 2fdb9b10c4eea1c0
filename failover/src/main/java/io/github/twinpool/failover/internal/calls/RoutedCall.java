package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.Attempt;
import io.github.twinpool.failover.AttemptOutcome;
import io.github.twinpool.failover.RegionsUnavailableException;
import io.github.twinpool.failover.RequestState;
import io.github.twinpool.failover.SignInInterruptedException;
import io.github.twinpool.failover.internal.machine.Route;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import io.github.twinpool.failover.internal.regions.Causes;
import io.github.twinpool.failover.internal.regions.LocalFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;

/**
 * One call on its way through the {@link RegionRouter}. An attempt is settled exactly once, by
 * whoever comes first: its own end, its time-out, the switch that leaves it behind, the caller who
 * cancels. Only who settled it may go on, so a call needs no lock and is never answered twice.
 */
final class RoutedCall {
  private final RegionRouter router;
  private final GuardedFailover engine;
  private final RoutingNeeds needs;
  private final OperationSupport operation;
  private final Route route;
  private final RegionSender sender;
  private final CompletableFuture<Object> result;
  private final CallPlan plan;
  private final List<Attempt> attempts = new ArrayList<>(2);
  private volatile @Nullable InFlight current;

  RoutedCall(RegionRouter router, CallPlan plan, CompletableFuture<Object> result) {
    this.router = router;
    this.engine = router.engine();
    this.plan = plan;
    this.needs = plan.needs();
    this.operation = needs.operation();
    this.route = plan.route();
    this.sender = plan.sender();
    this.result = result;
  }

  void begin() {
    send(route.order().get(0), null);
  }

  /**
   * @param before what the attempt before came to
   */
  private void send(RegionRole role, @Nullable Throwable before) {
    long id = engine.started(role, route.capped());
    if (id == GuardedFailover.FULL) {
      leaveOut(role, before);
      return;
    }
    InFlight attempt = new InFlight(role, id, engine.now());
    current = attempt;
    CompletableFuture<Object> future;
    try {
      future =
          Objects.requireNonNull(
              sender.send(role, throttlingMoves(role)), "the client returned no future");
    } catch (Throwable e) { // An Error, too, would leave a call behind that never ends.
      future = CompletableFuture.failedFuture(new LocalFailure(e));
    }
    attempt.future = future;
    future.whenComplete((value, error) -> ended(attempt, value, error));
    // Whoever settled the attempt before its future was known could not cancel it.
    if (attempt.settled.get()) {
      attempt.cancel();
    } else if (result.isDone()) {
      abandon();
    }
  }

  private void leaveOut(RegionRole role, @Nullable Throwable before) {
    String why = "left out, enough calls are trying it";
    attempts.add(new Attempt(role, router.region(role), Duration.ZERO, RequestState.NOT_SENT, why));
    RegionRole next = nextAfter(attempts.size());
    if (next == null) {
      end(before);
    } else {
      send(next, before);
    }
  }

  private void ended(InFlight attempt, @Nullable Object value, @Nullable Throwable error) {
    if (!attempt.settle()) {
      return;
    }
    try {
      settled(attempt, value, error);
    } catch (Throwable e) { // A future would swallow it, and the caller would wait for ever.
      result.completeExceptionally(e);
    }
  }

  private void settled(InFlight attempt, @Nullable Object value, @Nullable Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    AttemptOutcome outcome =
        router.classifier().classify(attempt.role, operation, cause, sender::carries);
    report(attempt, outcome);
    if (outcome == AttemptOutcome.ANSWER) {
      answered(attempt, value, cause);
    } else if (cause != null && outcome == AttemptOutcome.LOCAL_FAILURE) {
      localFailure(attempt, Causes.unwrapped(cause));
    } else if (cause != null) {
      failed(attempt, outcome, OutcomeClassifier.describe(cause), cause);
    }
  }

  /** Another Region would not help; but what was tried before it must not be lost. */
  private void localFailure(InFlight attempt, Throwable cause) {
    if (attempts.isEmpty()) {
      result.completeExceptionally(cause);
      return;
    }
    add(attempt, RequestState.NOT_SENT, OutcomeClassifier.describe(cause));
    end(cause);
  }

  /**
   * A 4xx is an answer, too: nobody else is asked, unless the secondary is only short of capacity.
   */
  private void answered(InFlight attempt, @Nullable Object value, @Nullable Throwable refusal) {
    if (refusal != null && isShortOfCapacity(attempt, refusal)) {
      failed(attempt, AttemptOutcome.ANSWER, OutcomeClassifier.describe(refusal), refusal);
      return;
    }
    if (!attempts.isEmpty()) {
      engine.afterFailure(true);
    }
    if (refusal != null) {
      result.completeExceptionally(refusal);
    } else {
      result.complete(value == null ? null : sender.answer(attempt.role, value));
    }
  }

  private boolean isShortOfCapacity(InFlight attempt, Throwable refusal) {
    return refusal instanceof SdkException it
        && RetryUtils.isThrottlingException(it)
        && throttlingMoves(attempt.role);
  }

  /** Whether a call that this Region throttles is worth a try at the other one. */
  private boolean throttlingMoves(RegionRole role) {
    return role == RegionRole.SECONDARY
        && (plan.hedged() || nextAfter(attempts.size() + 1) != null)
        && !engine.primaryDown();
  }

  private void failed(
      InFlight attempt, AttemptOutcome outcome, String what, @Nullable Throwable cause) {
    RequestState state = router.classifier().requestState(outcome, cause);
    add(attempt, state, what);
    RegionRole next = nextAfter(attempts.size());
    boolean mayMove = !needs.onlyIfNotSent() || state == RequestState.NOT_SENT;
    if (next != null && mayMove && engine.now() - plan.deadline() < 0 && !result.isDone()) {
      engine.moved(operation.operation(), attempt.role, next, state);
      // This may be a thread of the SDK's, which can have inherited another caller's tenant.
      router.move(
          () -> {
            if (!result.isDone()) {
              send(next, cause);
            }
          });
      return;
    }
    end(cause);
  }

  private void add(InFlight attempt, RequestState state, String what) {
    attempts.add(
        new Attempt(attempt.role, router.region(attempt.role), elapsed(attempt), state, what));
  }

  private void end(@Nullable Throwable cause) {
    if (!plan.hedged()) {
      engine.afterFailure(false);
    }
    result.completeExceptionally(failure(cause));
  }

  /** The Region to try after so many attempts. */
  private @Nullable RegionRole nextAfter(int tried) {
    return tried < route.order().size() ? route.order().get(tried) : null;
  }

  /**
   * A single attempt's service exception passes unchanged, as the SDK's own client would throw it.
   */
  private Throwable failure(@Nullable Throwable cause) {
    if (needs.conversation()) {
      return new SignInInterruptedException(operation.operation(), attempts.get(0).region(), cause);
    }
    return attempts.size() == 1 && cause instanceof AwsServiceException && !plan.hedged()
        ? cause
        : new RegionsUnavailableException(
            operation.operation(), "no Region answered", attempts, cause);
  }

  void tick(long now, boolean leftPrimary, boolean leftSecondary) {
    InFlight attempt = current;
    if (attempt == null || attempt.settled.get()) {
      return;
    }
    boolean left = attempt.role == RegionRole.PRIMARY ? leftPrimary : leftSecondary;
    if (now - plan.deadline() >= 0 || now - attempt.startedAt >= plan.attemptTimeout()) {
      giveUp(attempt, AttemptOutcome.REGIONAL_FAILURE, "timed out");
    } else if (left && nextAfter(attempts.size() + 1) != null && !needs.onlyIfNotSent()) {
      giveUp(attempt, AttemptOutcome.ABANDONED, "left behind at the switch");
    }
  }

  private void giveUp(InFlight attempt, AttemptOutcome outcome, String what) {
    if (attempt.settle()) {
      report(attempt, outcome);
      attempt.cancel();
      router.move(() -> failed(attempt, outcome, what, null));
    }
  }

  /** The caller no longer waits. */
  void abandon() {
    InFlight attempt = current;
    if (attempt != null && attempt.settle()) {
      report(attempt, AttemptOutcome.ABANDONED);
      attempt.cancel();
    }
  }

  void closed() {
    result.completeExceptionally(
        SdkClientException.create(
            "This client was closed during " + operation.operation(), new CancellationException()));
  }

  private void report(InFlight attempt, AttemptOutcome outcome) {
    engine.ended(attempt.role, attempt.id, operation.operation(), outcome, elapsed(attempt));
  }

  private Duration elapsed(InFlight attempt) {
    return Duration.ofNanos(engine.now() - attempt.startedAt);
  }

  private static final class InFlight {
    final RegionRole role;
    final long id;
    final long startedAt;
    final AtomicBoolean settled = new AtomicBoolean();
    volatile @Nullable CompletableFuture<Object> future;

    InFlight(RegionRole role, long id, long startedAt) {
      this.role = role;
      this.id = id;
      this.startedAt = startedAt;
    }

    boolean settle() {
      return settled.compareAndSet(false, true);
    }

    void cancel() {
      CompletableFuture<Object> it = future;
      if (it != null) {
        it.cancel(true);
      }
    }
  }
}
