package io.github.twinpool.failover.internal.regions;

import io.github.twinpool.internal.concurrent.TwinpoolThreads;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/**
 * The SDK's own clients of one Region. The async client is made when it is first asked for: it
 * brings an event loop, which many applications never need.
 */
public final class RegionClient implements AutoCloseable {
  private final CognitoIdentityProviderClient sync;
  private final SdkHttpClient http;
  private final AsyncClientSource asyncSource;
  private final RetryWithinRegion retries;
  private final Runnable close;
  private final boolean watched;
  private @Nullable CognitoIdentityProviderAsyncClient async;
  private @Nullable CognitoIdentityProviderAsyncClient readyAsync;
  private boolean closed;

  /** Makes the async client. */
  interface AsyncClientSource {
    CognitoIdentityProviderAsyncClient get();
  }

  RegionClient(
      CognitoIdentityProviderClient sync,
      SdkHttpClient http,
      AsyncClientSource asyncSource,
      RetryWithinRegion retries,
      boolean watched,
      Runnable close) {
    this.sync = sync;
    this.http = http;
    this.asyncSource = asyncSource;
    this.retries = retries;
    this.watched = watched;
    this.close = close;
  }

  /** The same with an async client that its maker closes. */
  public RegionClient withReadyAsync(CognitoIdentityProviderAsyncClient ready) {
    RegionClient region = new RegionClient(sync, http, asyncSource, retries, watched, close);
    region.readyAsync = ready;
    return region;
  }

  public CognitoIdentityProviderClient sync() {
    return sync;
  }

  /** What this Region's clients retry by themselves, unless the user has chosen otherwise. */
  public RetryWithinRegion retries() {
    return retries;
  }

  /** Whether the blocking client's exchanges go through {@link AbortableHttpClient}. */
  public boolean watched() {
    return watched;
  }

  /** Whether the async client tells {@link SendingWatch} what it sends. */
  public boolean asyncIsWatched() {
    return readyAsync == null;
  }

  /** The HTTP client behind {@link #sync()}: probes go the same way as calls. */
  public SdkHttpClient http() {
    return http;
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
