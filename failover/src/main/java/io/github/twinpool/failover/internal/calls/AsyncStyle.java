package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.internal.regions.LocalFailure;
import io.github.twinpool.failover.internal.regions.RegionClient;
import io.github.twinpool.failover.internal.regions.SendingWatch;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;

/** Calls of the async client: attempts are the SDK's own futures. */
final class AsyncStyle implements RoutingInvocationHandler.Style {
  private final Map<RegionRole, RegionClient> regions;
  private final SendingWatch watch;

  AsyncStyle(Map<RegionRole, RegionClient> regions, SendingWatch watch) {
    this.regions = Map.copyOf(regions);
    this.watch = watch;
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
    try {
      Callable<CompletableFuture<Object>> begin =
          () -> region.retries().begin(throttlingMoves, () -> begin(region, method, request));
      return region.asyncIsWatched() ? watch.watch(begin) : begin.call();
    } catch (InvocationTargetException e) {
      return CompletableFuture.failedFuture(new LocalFailure(e.getTargetException()));
    } catch (Exception e) {
      return CompletableFuture.failedFuture(new LocalFailure(e));
    }
  }

  @SuppressWarnings("unchecked") // Every operation of the async client returns a future.
  private static CompletableFuture<Object> begin(
      RegionClient region, Method method, CognitoIdentityProviderRequest request)
      throws InvocationTargetException, IllegalAccessException {
    return (CompletableFuture<Object>) method.invoke(region.async(), request);
  }

  @Override
  public Object returned(CompletableFuture<Object> routed) {
    return routed;
  }
}
