package io.github.twinpool.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server on loopback, and what it was asked. */
final class TestHost implements AutoCloseable {
  private final HttpServer server;
  private final Function<Asked, Answer> answers;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** A request. */
  record Asked(String method, String path, @Nullable String authorization, String body) {
    /** Client ID and secret by HTTP Basic. */
    String basic() {
      return new String(
          Base64.getDecoder().decode(String.valueOf(authorization).substring("Basic ".length())),
          UTF_8);
    }
  }

  /** An answer. */
  record Answer(int status, @Nullable String location, String json) {
    static Answer status(int status) {
      return new Answer(status, null, "{}");
    }
  }

  TestHost(Function<Asked, Answer> answers) {
    this.answers = answers;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** A token endpoint whose tokens are token-1, token-2 and so on, for an hour each. */
  static TestHost tokens() {
    return tokens("secret");
  }

  /** The same, which knows this secret only. */
  static TestHost tokens(String secret) {
    AtomicInteger count = new AtomicInteger();
    return new TestHost(
        asked ->
            asked.basic().endsWith(":" + secret)
                ? new Answer(
                    200,
                    null,
                    "{\"access_token\":\"token-"
                        + count.incrementAndGet()
                        + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}")
                : new Answer(400, null, "{\"error\":\"invalid_client\"}"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Asked request =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              exchange.getRequestHeaders().getFirst("Authorization"),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      asked.add(request);
      Answer answer = answers.apply(request);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (answer.location() != null) {
        exchange.getResponseHeaders().set("Location", answer.location());
      }
      byte[] body = answer.json().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Asked> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
