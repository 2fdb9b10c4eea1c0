package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.internal.calls.RegionRouter.CallLimits;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;

/**
 * The SDK's client interface, as a proxy: a method that takes a request is an operation and goes to
 * the {@link RegionRouter}; every other default method of the interface (consumers, paginators,
 * waiters) ends in such a method and runs as the SDK wrote it. Closing the proxy closes nothing: it
 * is a view of {@code MultiRegionCognito}, which does.
 */
final class RoutingInvocationHandler implements InvocationHandler {
  /** How the routed call reaches the SDK, and how its result reaches the caller. */
  interface Style {
    CompletableFuture<Object> send(
        RegionRole role,
        Method method,
        CognitoIdentityProviderRequest request,
        AttemptContext caller,
        boolean throttlingMoves);

    /** What the method returns: the value itself, or a future of it. */
    @Nullable Object returned(CompletableFuture<Object> routed) throws Throwable;
  }

  private final RoutedEntry entry;
  private final Function<CognitoIdentityProviderRequest, CallLimits> limits;
  private final Style style;
  private final Supplier<?> plainClient;
  private final Map<Method, OperationSupport> operations;

  private RoutingInvocationHandler(
      Class<?> client,
      RoutedEntry entry,
      Function<CognitoIdentityProviderRequest, CallLimits> limits,
      Style style,
      Supplier<?> plainClient) {
    this.entry = entry;
    this.limits = limits;
    this.style = style;
    this.plainClient = plainClient;
    this.operations =
        Stream.of(client.getMethods())
            .filter(RoutingInvocationHandler::isOperation)
            .collect(Collectors.toUnmodifiableMap(m -> m, RoutingInvocationHandler::operation));
  }

  /**
   * A routed client.
   *
   * @param plainClient answers what is no operation: the configuration of the client
   */
  static <C> C proxy(
      Class<C> client,
      RoutedEntry entry,
      Function<CognitoIdentityProviderRequest, CallLimits> limits,
      Style style,
      Supplier<C> plainClient) {
    return client.cast(
        Proxy.newProxyInstance(
            client.getClassLoader(),
            new Class<?>[] {client},
            new RoutingInvocationHandler(client, entry, limits, style, plainClient)));
  }

  private static boolean isOperation(Method method) {
    return method.getParameterCount() == 1
        && CognitoIdentityProviderRequest.class.isAssignableFrom(method.getParameterTypes()[0])
        && !method.getName().endsWith("Paginator");
  }

  private static OperationSupport operation(Method method) {
    String request = method.getParameterTypes()[0].getSimpleName();
    return OperationSupport.of(request.substring(0, request.length() - "Request".length()));
  }

  private CompletableFuture<Object> call(
      OperationSupport operation, Method method, CognitoIdentityProviderRequest request) {
    AttemptContext caller = AttemptContext.ofThisThread();
    try {
      return entry.call(
          operation,
          request,
          limits.apply(request),
          sent ->
              (role, throttlingMoves) -> style.send(role, method, sent, caller, throttlingMoves));
    } catch (RuntimeException e) {
      // The async client's promise: whatever goes wrong, it does so in the future.
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    OperationSupport operation = operations.get(method);
    if (operation != null
        && arguments != null
        && arguments[0] instanceof CognitoIdentityProviderRequest request) {
      return style.returned(call(operation, method, request));
    }
    return switch (method.getName()) {
      case "close" -> null;
      case "serviceName", "serviceClientConfiguration" -> method.invoke(plainClient.get());
      case "toString" -> "Routed CognitoIdentityProvider client";
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> arguments != null && proxy == arguments[0];
      default -> InvocationHandler.invokeDefault(proxy, method, arguments);
    };
  }
}
