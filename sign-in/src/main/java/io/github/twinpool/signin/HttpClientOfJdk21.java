package io.github.twinpool.signin;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link HttpClient} can do since JDK 21: be closed. Before, it ends when nothing refers to
 * it any longer, and these methods do nothing.
 */
final class HttpClientOfJdk21 {
  private static final @Nullable MethodHandle SHUTDOWN = method("shutdown", void.class);
  private static final @Nullable MethodHandle SHUTDOWN_NOW = method("shutdownNow", void.class);
  private static final @Nullable MethodHandle IS_TERMINATED = method("isTerminated", boolean.class);
  private static final @Nullable MethodHandle AWAIT_TERMINATION =
      method("awaitTermination", boolean.class, Duration.class);

  private HttpClientOfJdk21() {}

  private static @Nullable MethodHandle method(String name, Class<?> type, Class<?>... parameters) {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(HttpClient.class, name, MethodType.methodType(type, parameters));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null; // an older JDK
    }
  }

  /** Takes no new requests, ends when those under way have ended, and does not wait for that. */
  static void shutdown(HttpClient client) {
    call(SHUTDOWN, client);
  }

  /** Ends the requests under way. */
  static void shutdownNow(HttpClient client) {
    call(SHUTDOWN_NOW, client);
  }

  /** As {@code HttpClient.isTerminated}; false before JDK 21. */
  static boolean isTerminated(HttpClient client) {
    return Boolean.TRUE.equals(call(IS_TERMINATED, client));
  }

  /** As {@code HttpClient.awaitTermination}; true before JDK 21, as nothing is to be waited for. */
  static boolean awaitTermination(HttpClient client, Duration duration)
      throws InterruptedException {
    try {
      return !Boolean.FALSE.equals(call(AWAIT_TERMINATION, client, duration));
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw e;
    }
  }

  /** As {@code HttpClient.close}. */
  static void close(HttpClient client) {
    if (client instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e); // The method declares none.
      }
    }
  }

  private static @Nullable Object call(@Nullable MethodHandle method, Object... arguments) {
    if (method == null) {
      return null;
    }
    try {
      return method.invokeWithArguments(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
