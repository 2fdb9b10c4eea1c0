package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.PrimaryUnavailableException;
import io.github.twinpool.failover.RegionsUnavailableException;
import io.github.twinpool.failover.SignInInterruptedException;
import io.github.twinpool.failover.internal.machine.Route;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Takes calls to their Regions: the ordered Regions of an operation, one attempt each inside the
 * caller's deadline. Async at heart; it never waits. {@link RoutedCall} is one call's way through
 * it.
 */
public final class RegionRouter implements AutoCloseable {
  /** Longer limits than this are none; it keeps arithmetic with them safe. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private final Set<RoutedCall> active = ConcurrentHashMap.newKeySet();
  private final UserPool pool;
  private final GuardedFailover engine;
  private final OutcomeClassifier classifier;
  private final Optional<Duration> hedging;
  private final ScheduledExecutorService timer;
  private final Executor movers;
  private final int maxConcurrentCalls;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean closed;

  public RegionRouter(
      UserPool pool,
      GuardedFailover engine,
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
  public CompletableFuture<Object> call(
      RoutingNeeds needs, CallLimits limits, RegionSender sender) {
    if (calls.incrementAndGet() > maxConcurrentCalls) {
      calls.decrementAndGet();
      return CompletableFuture.failedFuture(
          SdkClientException.create("More than " + maxConcurrentCalls + " calls in flight"));
    }
    CompletableFuture<Object> result;
    try {
      result = begin(plan(needs, limits, sender));
    } catch (Throwable e) {
      calls.decrementAndGet();
      throw e;
    }
    result.whenComplete((value, error) -> calls.decrementAndGet());
    return result;
  }

  /** The same for threads that must not wait for credentials: the heartbeat's, for one. */
  CompletableFuture<Object> callLater(RoutingNeeds needs, CallLimits limits, RegionSender sender) {
    CompletableFuture<Object> result = new CompletableFuture<>();
    move(
        () ->
            call(needs, limits, sender)
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

  private CallPlan plan(RoutingNeeds needs, CallLimits limits, RegionSender sender) {
    Route route = engine.route(needs);
    // An attempt's limit leaves time for another Region, which a primary-only call does not have.
    long ofRoute = needs.operation().routing().moves() ? route.attemptTimeout() : nanos(LONGEST);
    Duration own = limits.attempt();
    long attempt = own == null ? ofRoute : Math.min(ofRoute, nanos(own));
    return new CallPlan(needs, route, engine.now() + nanos(limits.call()), attempt, sender, false);
  }

  private static long nanos(Duration limit) {
    return (limit.compareTo(LONGEST) < 0 ? limit : LONGEST).toNanos();
  }

  private CompletableFuture<Object> begin(CallPlan plan) {
    RoutingNeeds needs = plan.needs();
    List<RegionRole> order = plan.route().order();
    Duration hedgeAfter = hedging.orElse(null);
    if (hedgeAfter == null || !needs.hedgeable() || order.size() < 2) {
      return attempt(plan);
    }
    HedgedCall hedged =
        new HedgedCall(
            needs.operation().operation(),
            order.get(0),
            role -> attempt(plan.half(role)),
            engine::afterFailure);
    CompletableFuture<Object> result = hedged.begin();
    if (!result.isDone()) {
      hedgeLater(hedged, order.get(1), hedgeAfter, result);
    }
    return result;
  }

  private void hedgeLater(
      HedgedCall hedged, RegionRole second, Duration after, CompletableFuture<Object> result) {
    Runnable hedge =
        () -> {
          if (second == RegionRole.SECONDARY || !engine.primaryDown()) {
            move(hedged::hedge);
          }
        };
    try {
      ScheduledFuture<?> timeout = timer.schedule(hedge, after.toNanos(), TimeUnit.NANOSECONDS);
      result.whenComplete((value, error) -> timeout.cancel(false));
    } catch (RejectedExecutionException e) {
      // Being closed: that ends the call.
    }
  }

  private CompletableFuture<Object> attempt(CallPlan plan) {
    CompletableFuture<Object> result = new CompletableFuture<>();
    if (closed) {
      result.completeExceptionally(SdkClientException.create("This client is closed"));
      return result;
    }
    if (plan.route().order().isEmpty()) {
      result.completeExceptionally(refusal(plan.needs(), plan.route()));
      return result;
    }
    RoutedCall call = new RoutedCall(this, plan, result);
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

  private SdkClientException refusal(RoutingNeeds needs, Route route) {
    OperationSupport operation = needs.operation();
    RegionRole pinned = needs.pinned();
    if (needs.conversation() && pinned != null) {
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
  public void tick() {
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

  public String region(RegionRole role) {
    return pool.region(role);
  }

  public GuardedFailover engine() {
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
  public record CallLimits(Duration call, @Nullable Duration attempt) {}
}
