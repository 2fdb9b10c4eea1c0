package io.github.twinpool.signin;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * A machine's HTTP client: see {@link MachineTokens#httpClient}. Its methods of JDK 21 cannot be
 * marked as overriding, since this compiles with JDK 17 as well.
 */
@SuppressWarnings("MissingOverride")
final class AuthorizedHttpClient extends HttpClient implements AutoCloseable {
  private static final String AUTHORIZATION = "Authorization";
  private static final int UNAUTHORIZED = 401;

  private final HttpClient http;
  private final Origins origins;
  private final MachineTokenSlot slot;
  private final Supplier<CompletableFuture<MachineToken>> tokens;

  AuthorizedHttpClient(
      HttpClient http,
      Origins origins,
      MachineTokenSlot slot,
      Supplier<CompletableFuture<MachineToken>> tokens) {
    this.http = http;
    this.origins = origins;
    this.slot = slot;
    this.tokens = tokens;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    if (!applies(request)) {
      return http.send(request, handler);
    }
    MachineToken token = Calls.join(tokens.get());
    if (!slot.replaceable(token)) {
      return http.send(with(token, request), handler);
    }
    HttpResponse<T> response = http.send(with(token, request), unlessUnauthorized(handler));
    if (response.statusCode() != UNAUTHORIZED) {
      return response;
    }
    return http.send(with(Calls.join(slot.replacement(token)), request), handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return sendAsync(request, handler, it -> http.sendAsync(it.request(), it.handler()));
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
    return sendAsync(request, handler, it -> http.sendAsync(it.request(), it.handler(), pushes));
  }

  /** What is sent: with another token the second time. */
  private record Exchange<T>(HttpRequest request, BodyHandler<T> handler) {}

  private <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      BodyHandler<T> handler,
      Function<Exchange<T>, CompletableFuture<HttpResponse<T>>> sender) {
    if (!applies(request)) {
      return sender.apply(new Exchange<>(request, handler));
    }
    CancellableExchange<HttpResponse<T>> current = new CancellableExchange<>();
    Function<Exchange<T>, CompletableFuture<HttpResponse<T>>> kept =
        exchange -> current.begun(() -> sender.apply(exchange));
    return current.endsWith(
        tokens
            .get()
            .thenCompose(
                token ->
                    slot.replaceable(token)
                        ? twice(token, request, handler, kept)
                        : kept.apply(new Exchange<>(with(token, request), handler))));
  }

  private <T> CompletableFuture<HttpResponse<T>> twice(
      MachineToken token,
      HttpRequest request,
      BodyHandler<T> handler,
      Function<Exchange<T>, CompletableFuture<HttpResponse<T>>> sender) {
    return sender
        .apply(new Exchange<>(with(token, request), unlessUnauthorized(handler)))
        .thenCompose(
            response -> {
              if (response.statusCode() != UNAUTHORIZED) {
                return CompletableFuture.completedFuture(response);
              }
              return slot.replacement(token)
                  .thenCompose(
                      fresh -> sender.apply(new Exchange<>(with(fresh, request), handler)));
            });
  }

  private boolean applies(HttpRequest request) {
    return origins.contain(request.uri()) && request.headers().firstValue(AUTHORIZATION).isEmpty();
  }

  private static HttpRequest with(MachineToken token, HttpRequest request) {
    return HttpRequest.newBuilder(request, (name, value) -> true)
        .setHeader(AUTHORIZATION, token.authorization())
        .build();
  }

  /** Nobody reads the body of a 401 that is followed by a second try. */
  private static <T> BodyHandler<T> unlessUnauthorized(BodyHandler<T> handler) {
    return head ->
        head.statusCode() == UNAUTHORIZED ? BodySubscribers.replacing(null) : handler.apply(head);
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return http.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return http.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return http.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return http.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return http.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return http.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return http.authenticator();
  }

  @Override
  public Version version() {
    return http.version();
  }

  @Override
  public Optional<Executor> executor() {
    return http.executor();
  }

  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return http.newWebSocketBuilder();
  }

  public void shutdown() {
    HttpClientOfJdk21.shutdown(http);
  }

  public void shutdownNow() {
    HttpClientOfJdk21.shutdownNow(http);
  }

  public boolean isTerminated() {
    return HttpClientOfJdk21.isTerminated(http);
  }

  public boolean awaitTermination(Duration duration) throws InterruptedException {
    return HttpClientOfJdk21.awaitTermination(http, duration);
  }

  public void close() {
    HttpClientOfJdk21.close(http);
  }
}
