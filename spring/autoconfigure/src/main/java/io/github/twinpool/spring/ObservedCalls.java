package io.github.twinpool.spring;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.failover.PrimaryUnavailableException;
import io.github.twinpool.failover.RegionsUnavailableException;
import io.github.twinpool.failover.SignInInterruptedException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderResponse;

/** The routed client with an observation around each call. Adds nothing of the call's content. */
final class ObservedCalls implements InvocationHandler {
  static final String NAME = "twinpool.calls";

  private final Object client;
  private final ObservationRegistry observations;

  private ObservedCalls(Object client, ObservationRegistry observations) {
    this.client = client;
    this.observations = observations;
  }

  /** The client itself if there is nobody to observe it. */
  static <T> T of(Class<T> type, T client, @Nullable ObservationRegistry observations) {
    if (observations == null || observations.isNoop()) {
      return client;
    }
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new ObservedCalls(client, observations)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (method.getName().endsWith("Paginator")) {
      return InvocationHandler.invokeDefault(proxy, method, args); // Its pages come back here.
    }
    boolean async = CompletableFuture.class.isAssignableFrom(method.getReturnType());
    if (!async && !CognitoIdentityProviderResponse.class.isAssignableFrom(method.getReturnType())) {
      return method.getDeclaringClass() == Object.class && method.getName().equals("equals")
          ? proxy == (args == null ? null : args[0])
          : delegate(method, args);
    }
    return observe(method, args);
  }

  @SuppressWarnings("try") // The scope is there to be closed.
  private @Nullable Object observe(Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    String name = method.getName();
    String operation =
        OperationSupport.of(Character.toUpperCase(name.charAt(0)) + name.substring(1)).operation();
    Observation observation =
        Observation.createNotStarted(NAME, observations)
            .contextualName("cognito " + operation)
            .lowCardinalityKeyValue("operation", operation)
            .start();
    Object result;
    try (Observation.Scope scope = observation.openScope()) {
      result = delegate(method, args);
    } catch (Throwable e) {
      stop(observation, e);
      throw e;
    }
    if (result instanceof CompletableFuture<?> future) {
      future.whenComplete((answer, failure) -> stop(observation, failure));
    } else {
      stop(observation, null);
    }
    return result;
  }

  private @Nullable Object delegate(Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    try {
      return method.invoke(client, args);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private static void stop(Observation observation, @Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    observation.lowCardinalityKeyValue("outcome", outcome(cause));
    if (cause != null) {
      observation.error(cause);
    }
    observation.stop();
  }

  private static String outcome(@Nullable Throwable failure) {
    if (failure == null) {
      return "SUCCESS";
    }
    if (failure instanceof AwsServiceException) {
      return "REFUSED";
    }
    if (failure instanceof RegionsUnavailableException
        || failure instanceof PrimaryUnavailableException) {
      return "UNAVAILABLE";
    }
    return failure instanceof SignInInterruptedException ? "INTERRUPTED" : "FAILED";
  }
}
