package io.github.twinpool.failover.internal.regions;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLHandshakeException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Reads what the SDK and the HTTP clients below it throw. Some are known by name only, since which
 * HTTP client is there is the user's choice.
 */
public final class Causes {
  private static final Set<String> POOL_TIMEOUTS =
      Set.of("ConnectionRequestTimeoutException", "ConnectionPoolTimeoutException");
  private static final String NETTY_POOL_TIMEOUT = "Acquire operation took longer";
  private static final String CONNECT_TIMEOUT = "ConnectTimeoutException";

  /** No chain of causes is longer, unless it goes round in a circle. */
  private static final int DEEPEST = 20;

  private Causes() {}

  /** Whether it came about on this side, before anything was sent to a Region. */
  public static boolean isLocal(Throwable error) {
    return inChain(error, LocalFailure.class::isInstance);
  }

  /** Whether no connection of the pool came free in time. */
  public static boolean isPoolTimeout(Throwable error) {
    return inChain(
        error,
        it -> {
          String message = it.getMessage();
          return POOL_TIMEOUTS.contains(it.getClass().getSimpleName())
              || (message != null && message.contains(NETTY_POOL_TIMEOUT));
        });
  }

  /** Whether the network or a time limit ended it. */
  public static boolean isTransport(Throwable error) {
    return inChain(
        error,
        it ->
            it instanceof IOException
                || it instanceof TimeoutException
                || it instanceof ApiCallTimeoutException
                || it instanceof ApiCallAttemptTimeoutException);
  }

  /** Whether there was no connection on which a request could have been sent. */
  public static boolean isBeforeSending(Throwable error) {
    return inChain(
        error,
        it ->
            it instanceof ConnectException
                || it instanceof UnknownHostException
                || it instanceof NoRouteToHostException
                || it instanceof SSLHandshakeException
                || it.getClass().getSimpleName().equals(CONNECT_TIMEOUT));
  }

  /** Whether an open connection was closed by the other side. */
  static boolean isReset(Throwable error) {
    return inChain(
        error,
        it ->
            it.getClass() == SocketException.class
                || it instanceof ClosedChannelException
                || it.getClass().getSimpleName().equals("NoHttpResponseException"));
  }

  /** What the SDK threw, without what futures and we wrapped around it. */
  public static Throwable unwrapped(Throwable error) {
    Throwable inner = error;
    Throwable it = error;
    for (int depth = 0; it.getCause() != null && depth < DEEPEST; depth++) {
      if (it instanceof LocalFailure || (it == inner && it instanceof CompletionException)) {
        inner = it.getCause();
      }
      it = it.getCause();
    }
    return inner;
  }

  private static boolean inChain(Throwable error, Predicate<Throwable> test) {
    Throwable it = error;
    for (int depth = 0; it != null && depth < DEEPEST; depth++) {
      if (test.test(it)) {
        return true;
      }
      it = it.getCause();
    }
    return false;
  }
}
