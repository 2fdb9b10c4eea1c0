package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;

/** Calls of the async client: attempts are the SDK's own futures. */
final class AsyncStyle implements RoutingInvocationHandler.Style {
  private final Map<RegionRole, RegionClient> regions;

  AsyncStyle(Map<RegionRole, RegionClient> regions) {
    this.regions = Map.copyOf(regions);
  }

  @Override
  @SuppressWarnings("unchecked") // Every operation of the async client returns a future.
  public CompletableFuture<Object> send(
      RegionRole role,
      Method method,
      CognitoIdentityProviderRequest request,
      AttemptContext caller) {
    RegionClient region = regions.get(role);
    if (region == null) {
      throw new IllegalStateException("no client for the " + role);
    }
    try {
      return (CompletableFuture<Object>) method.invoke(region.async(), request);
    } catch (InvocationTargetException e) {
      return CompletableFuture.failedFuture(new LocalFailure(e.getTargetException()));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Object returned(CompletableFuture<Object> routed) {
    return routed;
  }
}
