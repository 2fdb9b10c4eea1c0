package io.github.twinpool.failover.internal.regions;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.function.Consumer;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The user's HTTP client, with each exchange made known to the {@link SyncAttempt} that runs on the
 * same thread, so that it can be aborted.
 */
final class AbortableHttpClient implements SdkHttpClient {
  private final SdkHttpClient delegate;
  private final CurrentAttempt current;

  AbortableHttpClient(SdkHttpClient delegate, CurrentAttempt current) {
    this.delegate = delegate;
    this.current = current;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    RegionClientFactory.requireSafe(request.httpRequest());
    SyncAttempt attempt = current.get();
    ExecutableHttpRequest exchange = delegate.prepareRequest(request);
    return attempt == null ? exchange : new Watched(exchange, attempt);
  }

  @Override
  public String clientName() {
    return delegate.clientName();
  }

  @Override
  public void close() {
    delegate.close();
  }

  private record Watched(ExecutableHttpRequest exchange, SyncAttempt attempt)
      implements ExecutableHttpRequest {
    @Override
    public HttpExecuteResponse call() throws IOException {
      if (!attempt.waitsFor(exchange)) {
        throw new InterruptedIOException("nobody waits for this attempt any longer");
      }
      return exchange.call();
    }

    @Override
    public void abort() {
      exchange.abort();
    }
  }

  /** Builds what another builder builds, and wraps it. */
  static final class Builder implements SdkHttpClient.Builder<Builder> {
    private final SdkHttpClient.Builder<?> delegate;
    private final CurrentAttempt current;
    private final Consumer<SdkHttpClient> built;

    Builder(
        SdkHttpClient.Builder<?> delegate, CurrentAttempt current, Consumer<SdkHttpClient> built) {
      this.delegate = delegate;
      this.current = current;
      this.built = built;
    }

    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap serviceDefaults) {
      AbortableHttpClient client =
          new AbortableHttpClient(delegate.buildWithDefaults(serviceDefaults), current);
      built.accept(client);
      return client;
    }
  }
}
