package io.github.twinpool.token;

import io.github.twinpool.token.KeySourceFailure.Reason;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The JDK's HTTP client: the application's, or one with the JVM's proxy and TLS settings. */
final class JdkHttpTransport implements HttpTransport {
  private final int maxBody;
  private final boolean owned;
  private volatile @Nullable HttpClient client;

  private JdkHttpTransport(HttpClient client, boolean owned, int maxBody) {
    this.client = client;
    this.owned = owned;
    this.maxBody = maxBody;
  }

  /**
   * With a client of its own.
   *
   * @param executor runs the client's tasks, DNS look-ups among them, which may hang. The client's
   *     thread ends when it is shut down and the client is garbage
   * @param maxBody in bytes
   */
  static JdkHttpTransport own(Executor executor, Duration connectTimeout, int maxBody) {
    return new JdkHttpTransport(
        HttpClient.newBuilder()
            .executor(executor)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .build(),
        true,
        maxBody);
  }

  /** With the application's client, which is not closed. */
  static JdkHttpTransport with(HttpClient client, int maxBody) {
    return new JdkHttpTransport(client, false, maxBody);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // only passes a cancellation on
  public CompletableFuture<Response> get(URI uri) {
    HttpClient http = client;
    if (http == null) {
      return CompletableFuture.failedFuture(new KeySourceException(Reason.CONNECTION, "closed"));
    }
    HttpRequest request = HttpRequest.newBuilder(uri).header("Accept", "application/json").build();
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request, head -> new BoundedBody(head.statusCode() == 200 ? maxBody : 0));
    CompletableFuture<Response> response =
        exchange.handle(
            (answer, failure) -> {
              if (failure != null) {
                throw translated(failure);
              }
              return new Response(answer.statusCode(), answer.body());
            });
    response.whenComplete(
        (done, failure) -> {
          if (response.isCancelled()) {
            exchange.cancel(true);
          }
        });
    return response;
  }

  private static KeySourceException translated(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof KeySourceException known) {
        return known;
      }
    }
    // Messages of the client may quote what the other side sent; the kind of failure does not.
    String kind = cause.getClass().getSimpleName();
    return new KeySourceException(
        cause instanceof HttpTimeoutException ? Reason.TIMEOUT : Reason.CONNECTION, kind);
  }

  /** How long a connection may take, for tests. */
  Optional<Duration> connectTimeout() {
    HttpClient http = client;
    return http == null ? Optional.empty() : http.connectTimeout();
  }

  /**
   * Lets go of the client. One of its own ends on Java 21 and newer; on Java 17, where clients
   * cannot be closed, as soon as it is garbage.
   */
  @Override
  public void close() {
    Object http = client;
    client = null;
    if (owned && http instanceof AutoCloseable closeable) {
      closeQuietly(closeable);
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new IllegalStateException("HttpClient.close throws no checked exception", e);
    }
  }
}
