package io.github.twinpool.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A host on loopback that answers as a test tells it: what no well-behaved domain would say. */
final class FakeDomain implements AutoCloseable {
  /** What is known of a request. */
  record Asked(String method, String path, String authorization, String body) {}

  /** An answer. */
  interface Answer {
    void to(HttpExchange exchange, int number) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicReference<Answer> answer = new AtomicReference<>(FakeDomain::token);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger stopped = new AtomicInteger();
  final List<Asked> asked = new CopyOnWriteArrayList<>();

  FakeDomain() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    List.of("code", "code_verifier", "refresh_token")
        .forEach(
            name ->
                URLUtils.parseParameters(body)
                    .getOrDefault(name, List.of())
                    .forEach(SecretsSeen::keep));
    SecretsSeen.keep(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    asked.add(
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
            body));
    answer.get().to(exchange, count.incrementAndGet());
  }

  FakeDomain answers(Answer next) {
    answer.set(next);
    return this;
  }

  FakeDomain answers(int status, String body) {
    return answers((exchange, number) -> send(exchange, status, "application/json", body));
  }

  /** Says nothing until the host is closed. */
  FakeDomain hangs() {
    return answers(
        (exchange, number) -> {
          try {
            closed.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
  }

  /** The first bytes of a long body, and then nothing more. */
  FakeDomain stopsInTheMiddle() {
    return answers(
        (exchange, number) -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write("{".getBytes(UTF_8));
          exchange.getResponseBody().flush();
          stopped.incrementAndGet();
          try {
            closed.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  static void token(HttpExchange exchange, int number) throws IOException {
    send(
        exchange,
        200,
        "application/json",
        "{\"access_token\":\"token-"
            + number
            + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
  }

  static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  int requests() {
    return asked.size();
  }

  /** Answers whose beginning has left. */
  int stoppedInTheMiddle() {
    return stopped.get();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
