package io.github.twinpool.failover.internal.regions;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricCollector;
import software.amazon.awssdk.metrics.NoOpMetricCollector;
import software.amazon.awssdk.metrics.SdkMetric;

/**
 * The HTTP client of one Region. It makes each exchange known to the {@link HttpAttempt} that runs
 * on the same thread, so that it can be aborted, and lets no more attempts into HTTP than there are
 * connections: waiting for one is no sign of the Region's health.
 */
final class AbortableHttpClient implements SdkHttpClient {
  /**
   * The clients whose abort frees a caller at once, whatever it waits for: a pooled connection, a
   * connect, a TLS handshake, headers, or the rest of a body. {@code AbortContractTest} tries that.
   */
  private static final Set<String> FREE_THEIR_CALLER =
      Set.of(
          "software.amazon.awssdk.http.apache5.Apache5HttpClient",
          "software.amazon.awssdk.http.apache.ApacheHttpClient");

  /** How long it takes at most until an attempt that waits for a slot sees that it was given up. */
  private static final long LOOK_UP_MILLIS = 50;

  private final SdkHttpClient delegate;
  private final HttpAttempt.Current current;
  private final int reserved;
  private volatile @Nullable Semaphore slots;

  /**
   * @param reserved how many connections attempts leave to probes, which share the client
   */
  AbortableHttpClient(SdkHttpClient delegate, HttpAttempt.Current current, int reserved) {
    this.delegate = delegate;
    this.current = current;
    this.reserved = reserved;
  }

  /** Whether an abort frees the caller, so that attempts can run on the caller's own thread. */
  boolean freesItsCaller() {
    return FREE_THEIR_CALLER.contains(delegate.getClass().getName());
  }

  /** The client itself, for probes, which are no attempts. */
  SdkHttpClient unwatched() {
    return delegate;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    RegionClientFactory.requireSafe(request.httpRequest());
    HttpAttempt attempt = current.get();
    if (attempt == null) {
      return delegate.prepareRequest(request);
    }
    attempt.releaseSlot();
    HttpExecuteRequest.Builder watched =
        HttpExecuteRequest.builder()
            .request(request.httpRequest())
            .metricCollector(collector(request));
    ContentStreamProvider body = request.contentStreamProvider().orElse(null);
    if (body != null) {
      watched.contentStreamProvider(() -> new WatchedBody(body.newStream(), attempt));
    }
    return new Watched(delegate.prepareRequest(watched.build()), attempt, body != null);
  }

  /** Until the size of the pool is known, the client is asked for it with each request. */
  private @Nullable MetricCollector collector(HttpExecuteRequest request) {
    MetricCollector users = request.metricCollector().orElse(null);
    return slots != null
        ? users
        : new PoolSize(users == null ? NoOpMetricCollector.create() : users);
  }

  private void learned(int connections) {
    if (slots == null) {
      slots = new Semaphore(Math.max(1, connections - reserved));
    }
  }

  @Override
  public String clientName() {
    return delegate.clientName();
  }

  @Override
  public void close() {
    delegate.close();
  }

  private final class Watched implements ExecutableHttpRequest {
    private final ExecutableHttpRequest exchange;
    private final HttpAttempt attempt;
    private final boolean hasBody;

    Watched(ExecutableHttpRequest exchange, HttpAttempt attempt, boolean hasBody) {
      this.exchange = exchange;
      this.attempt = attempt;
      this.hasBody = hasBody;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      if (!takeSlot() || !attempt.handOver(exchange)) {
        // It may have ended while it waited: then it gives back no slot any more.
        attempt.releaseSlot();
        throw givenUp(null);
      }
      if (!hasBody) {
        attempt.writes();
      }
      try {
        return exchange.call();
      } catch (IOException | RuntimeException e) {
        if (attempt.isGivenUp()) {
          throw givenUp(e);
        }
        throw e;
      }
    }

    private boolean takeSlot() {
      Semaphore free = slots;
      if (free == null) {
        return true;
      }
      try {
        boolean taken = free.tryAcquire();
        while (!taken && !attempt.isGivenUp()) {
          taken = free.tryAcquire(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (taken) {
          attempt.holds(free::release);
        }
        return taken;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    /** The SDK does not retry after this, whichever retry strategy it has. */
    private static AbortedException givenUp(@Nullable Exception cause) {
      return AbortedException.create("This attempt was given up", cause);
    }

    @Override
    public void abort() {
      exchange.abort();
    }
  }

  /** Notes when HTTP begins to take the request's body: before that, nothing was sent. */
  private static final class WatchedBody extends FilterInputStream {
    private final HttpAttempt attempt;

    WatchedBody(InputStream body, HttpAttempt attempt) {
      super(body);
      this.attempt = attempt;
    }

    @Override
    public int read() throws IOException {
      attempt.writes();
      return super.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      attempt.writes();
      return super.read(buffer, offset, length);
    }
  }

  /** Takes the size of the connection pool from the metrics of an exchange. */
  private final class PoolSize implements MetricCollector {
    private final MetricCollector users;

    PoolSize(MetricCollector users) {
      this.users = users;
    }

    @Override
    public String name() {
      return users.name();
    }

    @Override
    public <T> void reportMetric(SdkMetric<T> metric, T data) {
      if (HttpMetric.MAX_CONCURRENCY.equals(metric) && data instanceof Integer connections) {
        learned(connections);
      }
      users.reportMetric(metric, data);
    }

    @Override
    public MetricCollector createChild(String name) {
      return users.createChild(name);
    }

    @Override
    public MetricCollection collect() {
      return users.collect();
    }
  }
}
