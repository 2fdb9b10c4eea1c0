package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.internal.calls.CallPreparation.PreparedCall;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;

/**
 * The SDK's client interface, as a proxy: a method that takes a request is an operation and is
 * routed; every other default method of the interface (consumers, paginators, waiters) ends in such
 * a method and runs as the SDK wrote it. Closing the proxy closes nothing: it is a view of {@code
 * MultiRegionCognito}, which does.
 */
final class RoutedClient implements InvocationHandler {
  /** How a client makes its calls: blocking or async. */
  interface Style {
    /** What the method returns: the answer itself, or a future of it. */
    @Nullable Object call(
        OperationSupport operation,
        CognitoIdentityProviderRequest request,
        TimeLimits limits,
        Method method)
        throws Throwable;
  }

  private final TimeLimits limits;
  private final Style style;
  private final Supplier<?> plainClient;
  private final Map<Method, OperationSupport> operations;

  private RoutedClient(Class<?> client, TimeLimits limits, Style style, Supplier<?> plainClient) {
    this.limits = limits;
    this.style = style;
    this.plainClient = plainClient;
    this.operations =
        Stream.of(client.getMethods())
            .filter(RoutedClient::isOperation)
            .collect(Collectors.toUnmodifiableMap(m -> m, RoutedClient::operation));
  }

  /**
   * A routed client.
   *
   * @param plainClient answers what is no operation: the configuration of the client
   */
  static <C> C proxy(Class<C> client, TimeLimits limits, Style style, Supplier<C> plainClient) {
    return client.cast(
        Proxy.newProxyInstance(
            client.getClassLoader(),
            new Class<?>[] {client},
            new RoutedClient(client, limits, style, plainClient)));
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

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    OperationSupport operation = operations.get(method);
    if (operation != null
        && arguments != null
        && arguments[0] instanceof CognitoIdentityProviderRequest request) {
      return style.call(operation, request, limits, method);
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

  /**
   * The time limits of a call: those of its request, else those that the user gave the client, else
   * the policy's. Both Regions' attempts together keep to the caller's {@code apiCallTimeout}.
   */
  static final class TimeLimits {
    private final FailoverPolicy policy;
    private final Supplier<? extends AwsServiceClientConfiguration> configuration;
    private volatile PreparedCall.@Nullable Limits ofClient;

    /**
     * @param configuration asked once, with the first call: a client builds it anew each time,
     *     which costs more than all the rest of routing
     */
    TimeLimits(
        FailoverPolicy policy, Supplier<? extends AwsServiceClientConfiguration> configuration) {
      this.policy = policy;
      this.configuration = configuration;
    }

    PreparedCall.Limits of(CognitoIdentityProviderRequest request) {
      PreparedCall.Limits client = ofClient();
      Optional<? extends RequestOverrideConfiguration> own = request.overrideConfiguration();
      return own.isEmpty()
          ? client
          : new PreparedCall.Limits(
              own.get().apiCallTimeout().orElse(client.call()),
              own.get().apiCallAttemptTimeout().orElse(client.attempt()),
              client.ofUser() || own.get().apiCallTimeout().isPresent());
    }

    private PreparedCall.Limits ofClient() {
      PreparedCall.Limits known = ofClient;
      if (known == null) {
        ClientOverrideConfiguration client = configuration.get().overrideConfiguration();
        known =
            new PreparedCall.Limits(
                client.apiCallTimeout().orElse(policy.callDeadline()),
                client.apiCallAttemptTimeout().orElse(null),
                client.apiCallTimeout().isPresent());
        ofClient = known;
      }
      return known;
    }
  }
}
