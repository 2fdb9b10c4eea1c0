package io.github.twinpool.failover.internal.regions;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * What an HTTP client must do so that attempts can run on the caller's own thread: whatever an
 * exchange waits for, an abort from another thread frees the caller.
 */
@Execution(ExecutionMode.CONCURRENT)
class AbortContractTest {
  private static final Duration FOR_EVER = Duration.ofSeconds(60);

  /** Generous: a client that passes needs milliseconds, one that fails a minute. */
  private static final Duration SOON = Duration.ofSeconds(10);

  /** What an exchange waits for. */
  private enum Phase {
    POOLED_CONNECTION,
    CONNECT,
    TLS_HANDSHAKE,
    HEADERS,
    REST_OF_BODY
  }

  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable it : open) {
      it.close();
    }
  }

  private static SdkHttpClient apache5() {
    return Apache5HttpClient.builder()
        .maxConnections(1)
        .socketTimeout(FOR_EVER)
        .connectionTimeout(FOR_EVER)
        .connectionAcquisitionTimeout(FOR_EVER)
        .build();
  }

  @SuppressWarnings("deprecation") // Applications still have it.
  private static SdkHttpClient apache4() {
    return ApacheHttpClient.builder()
        .maxConnections(1)
        .socketTimeout(FOR_EVER)
        .connectionTimeout(FOR_EVER)
        .connectionAcquisitionTimeout(FOR_EVER)
        .build();
  }

  private static SdkHttpClient urlConnection() {
    return UrlConnectionHttpClient.builder()
        .socketTimeout(FOR_EVER)
        .connectionTimeout(FOR_EVER)
        .build();
  }

  static Stream<Arguments> phases() {
    return Stream.of(Phase.values())
        .flatMap(
            phase ->
                Stream.of(
                    Arguments.of(phase, (Supplier<SdkHttpClient>) AbortContractTest::apache5),
                    Arguments.of(phase, (Supplier<SdkHttpClient>) AbortContractTest::apache4)));
  }

  @ParameterizedTest
  @MethodSource("phases")
  void an_abort_frees_the_caller(Phase phase, Supplier<SdkHttpClient> make) throws Exception {
    SdkHttpClient client = make.get();
    open.add(client);
    assertThat(new AbortableHttpClient(client, new HttpAttempt.Current(), 0).freesItsCaller())
        .isTrue();
    assertThat(isFreed(client, phase)).isTrue();
  }

  @Test
  void a_client_that_does_not_free_its_caller_is_not_trusted_to() throws Exception {
    SdkHttpClient client = urlConnection();
    open.add(client);
    assertThat(new AbortableHttpClient(client, new HttpAttempt.Current(), 0).freesItsCaller())
        .isFalse();
    SdkHttpClient shell = new KnowsNothing(apache5());
    open.add(shell);
    assertThat(new AbortableHttpClient(shell, new HttpAttempt.Current(), 0).freesItsCaller())
        .isFalse();
  }

  /** Any client of a user's, whatever it does inside. */
  private record KnowsNothing(SdkHttpClient inner) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return inner.prepareRequest(request);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private boolean isFreed(SdkHttpClient client, Phase phase) throws Exception {
    URI uri = server(phase);
    if (phase == Phase.POOLED_CONNECTION) {
      Waiting busy = begin(prepare(client, uri));
      await().untilAsserted(() -> assertThat(busy.stack()).matches(it -> busy.isAt(Phase.HEADERS)));
    }
    ExecutableHttpRequest exchange = prepare(client, uri);
    Waiting waiting = begin(exchange);
    await().untilAsserted(() -> assertThat(waiting.stack()).matches(it -> waiting.isAt(phase)));
    exchange.abort();
    waiting.end.handle((text, error) -> error).get(SOON.toSeconds(), TimeUnit.SECONDS);
    return waiting.end.isCompletedExceptionally();
  }

  @ParameterizedTest
  @MethodSource("apacheClients")
  void a_late_abort_does_nothing_to_the_next_exchange(Supplier<SdkHttpClient> make)
      throws Exception {
    SdkHttpClient client = make.get();
    open.add(client);
    URI uri = answering();
    ExecutableHttpRequest first = prepare(client, uri);
    read(first.call());
    ExecutableHttpRequest second = prepare(client, uri);
    first.abort();
    HttpExecuteResponse response = second.call();
    first.abort();
    assertThat(read(response)).isEqualTo("ok");
  }

  static Stream<Arguments> apacheClients() {
    return Stream.of(
        Arguments.of((Supplier<SdkHttpClient>) AbortContractTest::apache5),
        Arguments.of((Supplier<SdkHttpClient>) AbortContractTest::apache4));
  }

  // ---- callers

  private static ExecutableHttpRequest prepare(SdkHttpClient client, URI uri) {
    return client.prepareRequest(
        HttpExecuteRequest.builder()
            .request(SdkHttpFullRequest.builder().method(SdkHttpMethod.GET).uri(uri).build())
            .build());
  }

  private static String read(HttpExecuteResponse response) throws IOException {
    try (AbortableInputStream body = response.responseBody().orElseThrow()) {
      return new String(body.readAllBytes(), US_ASCII);
    }
  }

  /** A caller, and how its exchange ends. */
  private record Waiting(Thread caller, CompletableFuture<String> end) {
    String stack() {
      return Stream.of(caller.getStackTrace())
          .map(StackTraceElement::toString)
          .reduce("", (one, other) -> one + "\n" + other);
    }

    boolean isAt(Phase phase) {
      String stack = stack();
      return switch (phase) {
        case POOLED_CONNECTION ->
            stack.contains("acquireEndpoint") || stack.contains("getPoolEntry");
        case CONNECT -> stack.contains("connect") && stack.contains("NioSocketImpl");
        case TLS_HANDSHAKE -> stack.contains("startHandshake") || stack.contains("readHandshake");
        case HEADERS -> stack.contains("receiveResponseHeader");
        case REST_OF_BODY -> stack.contains("readAllBytes");
      };
    }
  }

  private Waiting begin(ExecutableHttpRequest exchange) {
    CompletableFuture<String> end = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                end.complete(read(exchange.call()));
              } catch (Throwable e) {
                end.completeExceptionally(e);
              }
            },
            "caller");
    caller.setDaemon(true);
    caller.start();
    return new Waiting(caller, end);
  }

  // ---- servers

  private URI server(Phase phase) throws IOException {
    if (phase == Phase.CONNECT) {
      return silent();
    }
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    open.add(server);
    Thread thread = new Thread(() -> accept(server, phase), "server");
    thread.setDaemon(true);
    thread.start();
    String scheme = phase == Phase.TLS_HANDSHAKE ? "https" : "http";
    return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort() + "/");
  }

  /** Its backlog is full: nothing answers a connect. */
  private URI silent() throws IOException {
    ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    open.add(full);
    boolean filled = false;
    for (int i = 0; i < 8 && !filled; i++) {
      Socket socket = new Socket();
      open.add(socket);
      try {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), full.getLocalPort()), 300);
      } catch (IOException e) {
        filled = true;
      }
    }
    assumeThat(filled).as("this system lets a full backlog be silent").isTrue();
    return URI.create("http://127.0.0.1:" + full.getLocalPort() + "/");
  }

  private URI answering() throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    open.add(server);
    Thread thread = new Thread(() -> accept(server, null), "server");
    thread.setDaemon(true);
    thread.start();
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
  }

  private void accept(ServerSocket server, Phase phase) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        if (phase == Phase.REST_OF_BODY) {
          socket
              .getOutputStream()
              .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome".getBytes(US_ASCII));
        } else if (phase == null) {
          Thread thread = new Thread(() -> answer(socket), "answers");
          thread.setDaemon(true);
          thread.start();
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void answer(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      for (int next = in.read(); next >= 0; next = in.read()) {
        head.append((char) next);
        if (head.toString().endsWith("\r\n\r\n")) {
          head.setLength(0);
          socket
              .getOutputStream()
              .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(US_ASCII));
        }
      }
    } catch (IOException gone) {
      // So is the client.
    }
  }
}
