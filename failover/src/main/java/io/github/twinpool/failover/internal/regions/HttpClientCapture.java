package io.github.twinpool.failover.internal.regions;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClientBuilder;

/**
 * The SDK's builder as users customise it, with the HTTP client that they choose wrapped on its way
 * in: attempts must be abortable, and probes go through the same client.
 */
final class HttpClientCapture implements InvocationHandler {
  private final CognitoIdentityProviderClientBuilder delegate;
  private final CurrentAttempt current;
  private @Nullable SdkHttpClient captured;
  private @Nullable Boolean fips;

  HttpClientCapture(CognitoIdentityProviderClientBuilder delegate, CurrentAttempt current) {
    this.delegate = delegate;
    this.current = current;
  }

  CognitoIdentityProviderClientBuilder builder() {
    return (CognitoIdentityProviderClientBuilder)
        Proxy.newProxyInstance(
            CognitoIdentityProviderClientBuilder.class.getClassLoader(),
            new Class<?>[] {CognitoIdentityProviderClientBuilder.class},
            this);
  }

  /** The HTTP client that the built SDK client uses. */
  SdkHttpClient http() {
    if (captured == null) {
      throw new IllegalStateException("the SDK client has not been built");
    }
    return captured;
  }

  /** Whether the user chose FIPS hosts or others, or null for the SDK's own setting. */
  @Nullable Boolean fips() {
    return fips;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      if (arguments != null && arguments[0] instanceof SdkHttpClient http) {
        captured = new AbortableHttpClient(http, current);
        // The SDK refuses a client beside a builder, and our default is a builder.
        delegate.httpClientBuilder(null);
        delegate.httpClient(captured);
        return proxy;
      }
      if (arguments != null && arguments[0] instanceof SdkHttpClient.Builder<?> http) {
        delegate.httpClient(null);
        delegate.httpClientBuilder(
            new AbortableHttpClient.Builder(http, current, built -> captured = built));
        return proxy;
      }
      if (method.getName().equals("fipsEnabled") && arguments != null) {
        fips = (Boolean) arguments[0];
      }
      if (method.getName().equals("applyMutation")) {
        return InvocationHandler.invokeDefault(proxy, method, arguments);
      }
      Object result = method.invoke(delegate, arguments);
      return result == delegate ? proxy : result;
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
