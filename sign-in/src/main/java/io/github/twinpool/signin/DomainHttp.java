package io.github.twinpool.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of the OAuth 2.0 library with the JDK's client: no redirects, a time limit for
 * the whole answer, a size limit for its body.
 */
final class DomainHttp {
  private static final int SERVER_ERROR = 500;
  private static final int BODY_MAX = 64 * 1024;

  private final DomainClient client;
  private final Executor threads;
  private final Duration timeout;
  private final TimeLimit timeLimit;

  /**
   * @param threads runs what follows an answer, the application's own stages among it
   * @param timeout for the whole of an answer
   */
  DomainHttp(DomainClient client, Executor threads, Duration timeout, TimeLimit timeLimit) {
    this.client = client;
    this.threads = threads;
    this.timeout = timeout;
    this.timeLimit = timeLimit;
  }

  /** Ends what takes too long. */
  interface TimeLimit {
    /** By the time of this machine. */
    TimeLimit SYSTEM = (work, limit) -> work.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);

    /** Fails the work with a {@link java.util.concurrent.TimeoutException} after this time. */
    void applyTo(CompletableFuture<?> work, Duration limit);
  }

  /**
   * The answer, whatever its status; fails with what the JDK's client fails with, or a {@link
   * DeadConnectionException}.
   *
   * @param repeatable whether it may be sent once more, on a new connection, when an idle one was
   *     found dead
   */
  @SuppressWarnings("FutureReturnValueIgnored") // only ends what nobody waits for
  CompletableFuture<HTTPResponse> send(HTTPRequest request, boolean repeatable) {
    CancellableExchange<HttpResponse<byte[]>> current = new CancellableExchange<>();
    CompletableFuture<HttpResponse<byte[]>> inTime =
        send(translated(request), repeatable, current).copy();
    timeLimit.applyTo(inTime, timeout);
    inTime.whenComplete((answer, error) -> current.cancel());
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

  private CompletableFuture<HttpResponse<byte[]>> send(
      HttpRequest request, boolean repeatable, CancellableExchange<HttpResponse<byte[]>> current) {
    AtomicBoolean headCame = new AtomicBoolean();
    AtomicReference<DomainClient.@Nullable Exchange> begun = new AtomicReference<>();
    return current
        .begun(
            () -> {
              DomainClient.Exchange exchange = client.exchange(request.uri());
              begun.set(exchange);
              return exchange.send(
                  request,
                  head -> {
                    headCame.set(true);
                    return body(head);
                  });
            })
        .whenComplete(
            (answer, error) -> {
              DomainClient.Exchange exchange = begun.get();
              if (exchange != null) {
                exchange.ended(error == null);
              }
            })
        .exceptionallyCompose(
            error -> {
              Throwable cause = Calls.unwrapped(error);
              DomainClient.Exchange exchange = begun.get();
              if (exchange == null
                  || !exchange.mayReuse()
                  || headCame.get()
                  || !(cause instanceof IOException loss)
                  || !isLossOfConnection(loss)) {
                return CompletableFuture.failedFuture(cause);
              }
              exchange.foundDead();
              return repeatable
                  ? send(request, false, current)
                  : CompletableFuture.failedFuture(new DeadConnectionException(loss));
            });
  }

  private static BodySubscriber<byte[]> body(ResponseInfo head) {
    return head.statusCode() >= SERVER_ERROR
        ? BodySubscribers.replacing(new byte[0])
        : new LimitedBody(BODY_MAX);
  }

  /** Whether a connection that stood was lost; the rest are failures to make one, and time-outs. */
  private static boolean isLossOfConnection(IOException error) {
    return !(error instanceof ConnectException
        || error instanceof UnknownHostException
        || error instanceof HttpTimeoutException
        || error instanceof SSLHandshakeException);
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

  /** Takes no more requests. */
  void close() {
    client.close();
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
