package io.github.twinpool.failover.internal.regions;

import io.github.twinpool.internal.concurrent.TwinpoolThreads;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/**
 * The SDK's own clients of one Region. The async client is made when it is first asked for: it
 * brings an event loop, which many applications never need. Thread-safe.
 */
public final class RegionClient implements AutoCloseable {
  /**
   * How attempts of the blocking client run.
   *
   * @param freesItsCaller whether an abort frees the thread that waits, so that attempts can run on
   *     the caller's own
   * @param watched whether attempts learn of their exchanges
   */
  record Path(boolean freesItsCaller, boolean watched) {}

  private final CognitoIdentityProviderClient sync;
  private final CognitoIdentityProviderClient view;
  private final SdkHttpClient probes;
  private final Path path;
  private final Supplier<CognitoIdentityProviderAsyncClient> asyncSource;
  private final @Nullable CognitoIdentityProviderAsyncClient readyAsync;
  private final Runnable close;
  private @Nullable CognitoIdentityProviderAsyncClient async;
  private boolean closed;

  RegionClient(
      CognitoIdentityProviderClient sync,
      SdkHttpClient probes,
      Path path,
      Supplier<CognitoIdentityProviderAsyncClient> asyncSource,
      @Nullable CognitoIdentityProviderAsyncClient readyAsync,
      Runnable close) {
    this.sync = sync;
    this.view = unclosable(sync);
    this.probes = probes;
    this.path = path;
    this.asyncSource = asyncSource;
    this.readyAsync = readyAsync;
    this.close = close;
  }

  public CognitoIdentityProviderClient sync() {
    return sync;
  }

  /** The same for applications: closing it closes nothing, since routed calls use it, too. */
  public CognitoIdentityProviderClient view() {
    return view;
  }

  private static CognitoIdentityProviderClient unclosable(CognitoIdentityProviderClient client) {
    return (CognitoIdentityProviderClient)
        Proxy.newProxyInstance(
            CognitoIdentityProviderClient.class.getClassLoader(),
            new Class<?>[] {CognitoIdentityProviderClient.class},
            (proxy, method, arguments) -> {
              try {
                return switch (method.getName()) {
                  case "close" -> null;
                  case "equals" -> arguments != null && proxy == arguments[0];
                  default -> method.invoke(client, arguments);
                };
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }

  /** Whether attempts of the blocking client run on the caller's own thread. */
  public boolean onCallersThread() {
    return path.freesItsCaller();
  }

  /** Whether attempts of the blocking client learn of their exchanges. */
  public boolean isWatched() {
    return path.watched();
  }

  /** Whether attempts of the async client learn of theirs. */
  public boolean asyncIsWatched() {
    return readyAsync == null;
  }

  /** Probes go the same way as calls, proxy and TLS settings included. */
  public SdkHttpClient probes() {
    return probes;
  }

  public synchronized CognitoIdentityProviderAsyncClient async() {
    if (closed) {
      throw SdkClientException.create("This client is closed");
    }
    if (readyAsync != null) {
      return readyAsync;
    }
    if (async == null) {
      async = asyncSource.get();
    }
    return async;
  }

  /**
   * Closes what is ours. The async client goes on a thread of its own, which ends within seconds:
   * its event loop waits 2 s for late work before it stops.
   */
  @Override
  public void close() {
    CognitoIdentityProviderAsyncClient toClose;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      toClose = async;
    }
    if (toClose != null) {
      TwinpoolThreads.thread("twinpool-close", toClose::close).start();
    }
    close.run();
  }
}
