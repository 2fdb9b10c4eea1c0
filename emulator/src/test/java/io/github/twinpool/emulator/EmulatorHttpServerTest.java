package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("looks at all threads")
class EmulatorHttpServerTest {
  @SuppressWarnings("ArrayRecordComponent")
  private record Seen(String method, String path, Map<String, String> headers, byte[] body) {}

  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final EmulatorHttpServer server =
      EmulatorHttpServer.start(
          0,
          request -> {
            seen.add(new Seen(request.method(), request.path(), request.headers(), request.body()));
            if (request.path().equals("/throws")) {
              throw new IllegalStateException("a secret");
            }
            return new Reply(200, Map.of("x-test", "yes"), request.body());
          },
          System::nanoTime);
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void a_request_reaches_the_handler_and_its_reply_the_client() throws Exception {
    HttpResponse<byte[]> answer =
        client.send(
            request("/a%20b/c?query=1")
                .header("X-Amz-Target", "Service.Operation")
                .header("X-Twice", "1")
                .header("X-Twice", "2")
                .POST(BodyPublishers.ofString("{\"a\":1}"))
                .build(),
            BodyHandlers.ofByteArray());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-test")).contains("yes");
    assertThat(answer.headers().firstValue("content-length")).contains("7");
    assertThat(answer.body()).asString(UTF_8).isEqualTo("{\"a\":1}");
    Seen request = seen.get(0);
    assertThat(request.method).isEqualTo("POST");
    assertThat(request.path).isEqualTo("/a%20b/c");
    assertThat(request.headers)
        .containsEntry("x-amz-target", "Service.Operation")
        .containsEntry("x-twice", "1,2");
  }

  @Test
  void a_handler_that_throws_becomes_an_internal_error_that_tells_nothing() throws Exception {
    HttpResponse<String> answer =
        client.send(request("/throws").build(), BodyHandlers.ofString(UTF_8));

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains("InternalErrorException");
    assertThat(answer.body())
        .isEqualTo("{\"__type\":\"InternalErrorException\",\"message\":\"Internal Server Error\"}");
  }

  @Test
  void a_body_of_one_mebibyte_is_taken_and_one_byte_more_is_refused() throws Exception {
    byte[] largest = new byte[1024 * 1024];
    assertThat(post("/", largest).body()).isEqualTo(largest);

    HttpResponse<byte[]> refused = post("/", new byte[largest.length + 1]);
    assertThat(refused.statusCode()).isEqualTo(413);
    HttpResponse<byte[]> chunked =
        client.send(
            request("/")
                .POST(
                    BodyPublishers.ofByteArrays(
                        IntStream.range(0, 300).mapToObj(i -> new byte[100_000]).toList()))
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(chunked.statusCode()).isEqualTo(413);
    assertThat(seen).hasSize(1);
  }

  @Test
  void what_wiremock_would_treat_specially_is_left_to_the_handler() throws Exception {
    for (String path : List.of("/__admin/mappings", "/__files/x", "/", "//", "/a;b=c")) {
      HttpResponse<byte[]> answer = client.send(request(path).build(), BodyHandlers.ofByteArray());
      assertThat(answer.headers().firstValue("x-test")).as(path).contains("yes");
    }
    byte[] notGzip = {0x1f, (byte) 0x8b, 1};
    HttpResponse<byte[]> answer =
        client.send(
            request("/")
                .header("Content-Encoding", "gzip")
                .method("BREW", BodyPublishers.ofByteArray(notGzip))
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(answer.body()).isEqualTo(notGzip);
    HttpResponse<String> form =
        client.send(
            request("/oauth2/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=x"))
                .build(),
            BodyHandlers.ofString());
    assertThat(form.body()).isEqualTo("grant_type=x");
    HttpResponse<String> noMultipart =
        client.send(
            request("/")
                .header("Content-Type", "multipart/form-data")
                .POST(BodyPublishers.ofString("no boundary"))
                .build(),
            BodyHandlers.ofString());
    assertThat(noMultipart.body()).isEqualTo("no boundary");
  }

  @Test
  void what_is_no_http_gets_a_bad_request_without_a_stack_trace() throws Exception {
    for (String nonsense :
        List.of(
            "nonsense\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(100_000) + "\r\n\r\n")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(nonsense.getBytes(UTF_8));
        String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
        assertThat(answer).as(nonsense.substring(0, 10)).startsWith("HTTP/1.1 4");
        assertThat(answer).doesNotContain("Exception", "\tat ", ".java");
      }
    }
  }

  @Test
  void the_base_latency_is_added_to_each_answer_and_delays_no_other_request() throws Exception {
    server.baseLatency(Duration.ofMillis(300));
    long started = System.nanoTime();
    List<CompletableFuture<HttpResponse<byte[]>>> answers =
        IntStream.range(0, 200)
            .mapToObj(i -> client.sendAsync(request("/").build(), BodyHandlers.ofByteArray()))
            .toList();
    for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
    }
    // One after the other, or 32 at a time, they would take 60 s, or 2 s.
    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .isBetween(Duration.ofMillis(300), Duration.ofSeconds(20));
    assertThat(seen).hasSize(200);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> server.baseLatency(Duration.ofMillis(-1)))
        .withMessageContaining("baseLatency");
  }

  @Test
  void closing_leaves_no_thread_and_no_port() throws Exception {
    server.outage(Outage.latency(Duration.ofMinutes(10)));
    CompletableFuture<HttpResponse<byte[]>> delayed =
        client.sendAsync(request("/").build(), BodyHandlers.ofByteArray());
    await().until(() -> !seen.isEmpty());
    int port = server.port();

    server.close();
    server.close();

    assertThatThrownBy(delayed::join).hasCauseInstanceOf(IOException.class);
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(
                        name ->
                            name.equals("twinpool-gate-" + port)
                                || name.startsWith("twinpool-emulator-")));
    try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(again.getLocalPort()).isEqualTo(port);
    }
  }

  @Test
  void an_emulator_that_is_left_open_keeps_no_jvm_alive() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (CognitoEmulator emulator = TestEmulators.builder().start()) {
      URI region = emulator.region(RegionRole.PRIMARY).endpoint();
      List<URI> listeners =
          List.of(
              region,
              emulator.domain(RegionRole.PRIMARY),
              emulator.updatedIssuerEndpoint(),
              emulator.identityProvider().issuer(),
              emulator.route53().endpoint(),
              emulator.kms(RegionRole.PRIMARY).endpoint(),
              emulator.waf(RegionRole.PRIMARY).endpoint());
      for (URI listener : listeners) {
        client.send(HttpRequest.newBuilder(listener).build(), BodyHandlers.discarding());
      }
      emulator.region(RegionRole.PRIMARY).outage(Outage.blackhole());
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> !before.contains(thread))
          .isNotEmpty()
          .allMatch(Thread::isDaemon);
    }
  }

  @Test
  void a_port_that_is_taken_is_named() {
    assertThatThrownBy(
            () -> EmulatorHttpServer.start(server.port(), request -> null, System::nanoTime))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("port " + server.port());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(60))
        .version(HttpClient.Version.HTTP_1_1);
  }

  private HttpResponse<byte[]> post(String path, byte[] body) throws Exception {
    return client.send(
        request(path).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofByteArray());
  }
}
