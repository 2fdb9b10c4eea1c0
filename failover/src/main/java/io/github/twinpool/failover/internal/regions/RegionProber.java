package io.github.twinpool.failover.internal.regions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.internal.machine.ProbeKind;
import io.github.twinpool.failover.internal.machine.ProbeResult;
import io.github.twinpool.internal.concurrent.TwinpoolThreads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * Probes Regions through the HTTP clients that their calls go through, proxy and TLS settings
 * included. A probe is aborted after its time-out.
 */
public final class RegionProber implements Prober, AutoCloseable {
  private static final int OK_BODY = 64 * 1024;
  private static final String TARGET = "AWSCognitoIdentityProviderService.GetUser";
  private static final String MALFORMED = "{\"AccessToken\":\"twinpool-probe\"}";

  private final UserPool pool;
  private final Map<RegionRole, SdkHttpClient> http;
  private final ScheduledExecutorService timer;
  private final long timeout;
  private final ThreadPoolExecutor threads;

  public RegionProber(
      UserPool pool,
      Map<RegionRole, SdkHttpClient> http,
      ScheduledExecutorService timer,
      long timeout) {
    this.timeout = timeout;
    this.pool = pool;
    this.http = Map.copyOf(http);
    this.timer = timer;
    int atOnce = RegionRole.values().length * ProbeKind.values().length;
    this.threads =
        new ThreadPoolExecutor(
            0,
            atOnce,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            TwinpoolThreads.factory("twinpool-probe"));
  }

  @Override
  public void probe(RegionRole role, ProbeKind kind, Consumer<ProbeResult> result) {
    try {
      threads.execute(() -> result.accept(probe(role, kind)));
    } catch (RejectedExecutionException e) {
      // Unanswered probes hold every thread, or we are closed: the state machine gives this one up.
    }
  }

  private ProbeResult probe(RegionRole role, ProbeKind kind) {
    SdkHttpClient client = http.get(role);
    if (client == null) {
      return ProbeResult.FAILED;
    }
    try {
      ExecutableHttpRequest exchange = client.prepareRequest(request(role, kind));
      ScheduledFuture<?> abort = timer.schedule(exchange::abort, timeout, TimeUnit.NANOSECONDS);
      try {
        return result(exchange.call());
      } finally {
        abort.cancel(false);
      }
    } catch (IOException | RuntimeException e) {
      return ProbeResult.FAILED;
    }
  }

  private static ProbeResult result(HttpExecuteResponse response) throws IOException {
    int status = response.httpResponse().statusCode();
    String body = "";
    AbortableInputStream stream = response.responseBody().orElse(null);
    if (stream != null) {
      try (InputStream in = stream) {
        body = new String(in.readNBytes(OK_BODY), UTF_8);
      }
    }
    if (status >= 500) {
      return ProbeResult.FAILED;
    }
    // [assume] An inactive replica declines GetUser before it looks at the token.
    boolean declined = status == 400 && body.contains("OperationNotEnabledException");
    return declined ? ProbeResult.NOT_SERVING : ProbeResult.ALIVE;
  }

  private HttpExecuteRequest request(RegionRole role, ProbeKind kind) {
    if (kind == ProbeKind.JWKS) {
      return request(SdkHttpMethod.GET, pool.jwksUri(role)).build();
    }
    SdkHttpFullRequest.Builder post =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(pool.endpoint(role).resolve("/"))
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("Content-Length", Integer.toString(MALFORMED.length()))
            .putHeader("X-Amz-Target", TARGET)
            .contentStreamProvider(() -> new ByteArrayInputStream(MALFORMED.getBytes(UTF_8)));
    SdkHttpFullRequest built = post.build();
    return HttpExecuteRequest.builder()
        .request(built)
        .contentStreamProvider(built.contentStreamProvider().orElse(null))
        .build();
  }

  private static HttpExecuteRequest.Builder request(SdkHttpMethod method, URI uri) {
    return HttpExecuteRequest.builder()
        .request(SdkHttpFullRequest.builder().method(method).uri(uri).build());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
