package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.internal.regions.CurrentAttempt;
import io.github.twinpool.failover.internal.regions.LocalFailure;
import io.github.twinpool.failover.internal.regions.RegionClient;
import io.github.twinpool.failover.internal.regions.SyncAttempt;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;

/**
 * Blocking calls: each attempt runs on the executor with the SDK's blocking client while the caller
 * waits, so that a hung attempt can be left behind. The logging context goes along.
 */
final class SyncStyle implements RoutingInvocationHandler.Style {
  private final Map<RegionRole, RegionClient> regions;
  private final Executor executor;
  private final CurrentAttempt current;

  SyncStyle(Map<RegionRole, RegionClient> regions, Executor executor, CurrentAttempt current) {
    this.regions = Map.copyOf(regions);
    this.executor = executor;
    this.current = current;
  }

  @Override
  public CompletableFuture<Object> send(
      RegionRole role,
      Method method,
      CognitoIdentityProviderRequest request,
      AttemptContext caller,
      boolean throttlingMoves) {
    RegionClient region = regions.get(role);
    if (region == null) {
      throw new IllegalStateException("no client for the " + role);
    }
    SyncAttempt attempt =
        new SyncAttempt(
            () ->
                region
                    .retries()
                    .begin(throttlingMoves, () -> method.invoke(region.sync(), request)),
            current,
            region.watched());
    CompletableFuture<Object> result = attempt.result();
    try {
      executor.execute(caller.around(attempt));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(new LocalFailure(tooMany(e)));
    }
    return result;
  }

  private static RuntimeException tooMany(RejectedExecutionException cause) {
    return SdkClientException.create(
        "The executor of this client refused a call: it is full or was shut down", cause);
  }

  @Override
  public @Nullable Object returned(CompletableFuture<Object> routed) throws Throwable {
    try {
      return routed.get();
    } catch (ExecutionException e) {
      throw e.getCause() == null ? e : e.getCause();
    } catch (InterruptedException e) {
      routed.cancel(true);
      Thread.currentThread().interrupt();
      throw AbortedException.create("Thread was interrupted", e);
    }
  }
}
