package io.github.twinpool.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of the OAuth 2.0 library with the JDK's client: no redirects, a time limit for
 * the whole answer, a size limit for its body.
 */
final class DomainHttp {
  private static final int SERVER_ERROR = 500;
  private static final int BODY_MAX = 64 * 1024;

  private final HttpClient client;
  private final Executor threads;
  private final Duration timeout;

  /**
   * @param threads runs what follows an answer, the application's own stages among it
   */
  DomainHttp(HttpClient client, Executor threads, Duration timeout) {
    this.client = client;
    this.threads = threads;
    this.timeout = timeout;
  }

  /** The answer, whatever its status; fails with what the JDK's client fails with. */
  @SuppressWarnings("FutureReturnValueIgnored") // only ends what nobody waits for
  CompletableFuture<HTTPResponse> send(HTTPRequest request) {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(
            translated(request),
            head ->
                head.statusCode() >= SERVER_ERROR
                    ? BodySubscribers.replacing(new byte[0])
                    : new LimitedBody(BODY_MAX));
    CompletableFuture<HttpResponse<byte[]>> inTime =
        exchange.copy().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    inTime.whenComplete((answer, error) -> exchange.cancel(true));
    // The JVM has one thread for all such time-outs: what follows may block, and must not do so
    // there.
    return inTime
        .handleAsync(
            (answer, error) ->
                error == null
                    ? CompletableFuture.completedFuture(translated(answer))
                    : CompletableFuture.<HTTPResponse>failedFuture(error),
            threads)
        .thenCompose(it -> it);
  }

  private HttpRequest translated(HTTPRequest request) {
    String body = request.getBody();
    HttpRequest.Builder sent =
        HttpRequest.newBuilder(URI.create(request.getURL().toString()))
            .timeout(timeout) // for the connection and the head; the body's is below
            .method(
                request.getMethod().name(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body, UTF_8));
    request.getHeaderMap().forEach((name, values) -> values.forEach(it -> sent.header(name, it)));
    return sent.build();
  }

  private static HTTPResponse translated(HttpResponse<byte[]> answer) {
    HTTPResponse response = new HTTPResponse(answer.statusCode());
    if (answer.statusCode() >= SERVER_ERROR) {
      return response; // Its page says nothing that anybody reads.
    }
    String type = answer.headers().firstValue("Content-Type").orElse(null);
    try {
      response.setContentType(type);
    } catch (ParseException e) {
      throw new SignInProtocolException("The domain's answer has a malformed Content-Type");
    }
    response.setBody(new String(answer.body(), UTF_8));
    return response;
  }

  /**
   * Checks a client that the application brings. Redirects would carry secrets away. With an
   * authenticator the JDK answers a 401 itself: it sends a code a second time, or reports a refusal
   * as a broken connection.
   */
  static HttpClient checked(@Nullable HttpClient client) {
    if (client == null || client.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException("httpClient: wants one that never follows redirects");
    }
    if (client.authenticator().isPresent()) {
      throw new IllegalArgumentException("httpClient: wants one without an authenticator");
    }
    return client;
  }
}
