package io.github.twinpool.failover;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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
  private final Executor movers;
  private final int maxConcurrentCalls;
  private volatile boolean closed;

  RegionRouter(UserPool pool, FailoverEngine engine, Executor movers, int maxConcurrentCalls) {
    this.pool = pool;
    this.engine = engine;
    this.movers = movers;
    this.maxConcurrentCalls = maxConcurrentCalls;
    this.classifier = new OutcomeClassifier(pool.id());
  }

  /**
   * Routes one call.
   *
   * @param limits the caller's own time limits
   * @param signIn who signs in, if this begins a sign-in
   * @return completes with the Region's answer, or with what every attempt came to; cancelling it
   *     cancels the attempt in flight
   */
  CompletableFuture<Object> call(
      OperationSupport operation,
      CallLimits limits,
      @Nullable Integer signIn,
      RegionSender sender) {
    CompletableFuture<Object> result = new CompletableFuture<>();
    if (closed) {
      result.completeExceptionally(SdkClientException.create("This client is closed"));
      return result;
    }
    if (active.size() >= maxConcurrentCalls) {
      result.completeExceptionally(
          SdkClientException.create("More than " + maxConcurrentCalls + " calls in flight"));
      return result;
    }
    Route route = engine.route(operation, signIn != null, signIn == null ? 0 : signIn);
    if (route.order().isEmpty()) {
      result.completeExceptionally(refusal(operation, route));
      return result;
    }
    RoutedCall call = new RoutedCall(this, operation, route, limits, sender, result);
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

  private SdkClientException refusal(OperationSupport operation, Route route) {
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
