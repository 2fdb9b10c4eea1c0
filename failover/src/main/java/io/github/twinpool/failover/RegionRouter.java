package io.github.twinpool.failover;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Takes calls to their Regions: the ordered Regions of an operation, one attempt each inside the
 * caller's deadline. Async at heart; it never waits. {@link RoutedCall} is one call's way through
 * it.
 */
final class RegionRouter implements AutoCloseable {
  private final Set<RoutedCall> active = ConcurrentHashMap.newKeySet();
  private final UserPool pool;
  private final FailoverEngine engine;
  private final OutcomeClassifier classifier;
  private final Optional<Duration> hedging;
  private final ScheduledExecutorService timer;
  private final Executor movers;
  private final int maxConcurrentCalls;
  private volatile boolean closed;

  RegionRouter(
      UserPool pool,
      FailoverEngine engine,
      Optional<Duration> hedging,
      ScheduledExecutorService timer,
      Executor movers,
      int maxConcurrentCalls) {
    this.pool = pool;
    this.hedging = hedging;
    this.timer = timer;
    this.engine = engine;
    this.movers = movers;
    this.maxConcurrentCalls = maxConcurrentCalls;
    this.classifier = new OutcomeClassifier(pool.id());
  }

  /**
   * Routes one call.
   *
   * @param limits the caller's own time limits
   * @return completes with the Region's answer, or with what every attempt came to; cancelling it
   *     cancels the attempts in flight
   */
  CompletableFuture<Object> call(Demand demand, CallLimits limits, RegionSender sender) {
    if (active.size() >= maxConcurrentCalls) {
      return CompletableFuture.failedFuture(
          SdkClientException.create("More than " + maxConcurrentCalls + " calls in flight"));
    }
    Route route = engine.route(demand);
    Duration hedgeAfter = hedging.orElse(null);
    if (hedgeAfter == null || !demand.hedgeable() || route.order().size() < 2) {
      return call(demand, route, limits, sender);
    }
    HedgedCall hedged =
        new HedgedCall(
            route.order().get(0), role -> call(demand, route.only(role), limits, sender));
    CompletableFuture<Object> result = hedged.begin();
    if (!result.isDone()) {
      ScheduledFuture<?> hedge =
          timer.schedule(() -> move(hedged::hedge), hedgeAfter.toNanos(), TimeUnit.NANOSECONDS);
      result.whenComplete((value, error) -> hedge.cancel(false));
    }
    return result;
  }

  private CompletableFuture<Object> call(
      Demand demand, Route route, CallLimits limits, RegionSender sender) {
    CompletableFuture<Object> result = new CompletableFuture<>();
    if (closed) {
      result.completeExceptionally(SdkClientException.create("This client is closed"));
      return result;
    }
    if (route.order().isEmpty()) {
      result.completeExceptionally(refusal(demand, route));
      return result;
    }
    RoutedCall call = new RoutedCall(this, demand, route, limits, sender, result);
    active.add(call);
    result.whenComplete(
        (value, error) -> {
          active.remove(call);
          call.abandon();
        });
    call.begin();
    if (closed) {
      call.closed();
    }
    return result;
  }

  private SdkClientException refusal(Demand demand, Route route) {
    OperationSupport operation = demand.operation();
    RegionRole pinned = demand.pinned();
    if (demand.conversation() && pinned != null) {
      return new SignInInterruptedException(operation.operation(), pool.region(pinned), null);
    }
    return operation.routing().moves()
        ? new RegionsUnavailableException(operation.operation(), route.refusal(), List.of(), null)
        : new PrimaryUnavailableException(
            operation.operation(), operation.capability(), pool.primaryRegion());
  }

  /**
   * Ends attempts whose time is over, and leaves those behind that hang in a Region that was left.
   */
  void tick() {
    if (active.isEmpty()) {
      return;
    }
    boolean leftPrimary = engine.left(RegionRole.PRIMARY);
    boolean leftSecondary = engine.left(RegionRole.SECONDARY);
    long now = engine.now();
    for (RoutedCall call : active) {
      call.tick(now, leftPrimary, leftSecondary);
    }
  }

  String region(RegionRole role) {
    return pool.region(role);
  }

  FailoverEngine engine() {
    return engine;
  }

  /** Runs what may have to resolve credentials: never on the heartbeat. */
  void move(Runnable step) {
    try {
      movers.execute(step);
    } catch (RejectedExecutionException e) {
      step.run();
    }
  }

  OutcomeClassifier classifier() {
    return classifier;
  }

  /** Ends every call at once. */
  @Override
  public void close() {
    closed = true;
    active.forEach(RoutedCall::closed);
  }

  /**
   * The caller's time limits, where they have any.
   *
   * @param call for the call as a whole
   * @param attempt for each attempt
   */
  record CallLimits(Duration call, @Nullable Duration attempt) {}
}
