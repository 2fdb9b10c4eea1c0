package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.twinpool.RegionRole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Outages that a program in any language switches over HTTP. */
class ControlTest {
  private static CognitoEmulator emulator;
  private static EmulatedControl control;
  private final RawClient raw = new RawClient();

  @BeforeAll
  static void start() {
    emulator = TestEmulators.builder().allowedHosts("Emulator-1.internal").start();
    control = emulator.control();
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @AfterEach
  void recover() {
    for (RegionRole role : RegionRole.values()) {
      emulator.region(role).domainOutage(Outage.none());
      emulator.region(role).recover();
    }
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(control.endpoint().resolve(path))
        .timeout(Duration.ofSeconds(30))
        .header("X-Twinpool-Token", control.token());
  }

  private RawClient.Answer post(String body) {
    return raw.send(request("/outages").POST(BodyPublishers.ofString(body)).build());
  }

  private RawClient.Answer get() {
    return raw.send(request("/outages").build());
  }

  @Test
  void get_lists_every_outage_and_what_is_on() {
    emulator.region(RegionRole.SECONDARY).outage(Outage.errorRate(0.25, 9));
    JsonNode answer = get().json();
    List<String> names = new ArrayList<>();
    answer.path("outages").forEach(it -> names.add(it.path("name").asText()));
    assertThat(names)
        .hasSize(OutageKind.values().length)
        .contains("none", "hang", "answer-reset", "sign-in-plane-hang", "proxy-page");
    JsonNode loss = answer.path("outages").get(names.indexOf("packet-loss"));
    assertThat(loss.path("parameters")).hasToString("[\"share\",\"seed\"]");
    assertThat(loss.path("seen").asText()).isNotEmpty();
    assertThat(answer.path("now").path("PRIMARY")).hasToString("{\"outage\":\"none\"}");
    assertThat(answer.path("now").path("SECONDARY"))
        .hasToString("{\"outage\":\"error-rate\",\"share\":\"0.25\",\"seed\":\"9\"}");
  }

  @Test
  void post_switches_one_on_and_off_and_delete_ends_all() {
    assertThat(post("{\"target\":\"PRIMARY\",\"outage\":\"internal-errors\"}").status())
        .isEqualTo(200);
    assertThat(emulator.region(RegionRole.PRIMARY).outage()).isEqualTo(Outage.internalErrors());
    assertThat(raw.get(emulator.userPool().jwksUri(RegionRole.PRIMARY)).status()).isEqualTo(500);
    assertThat(raw.get(emulator.userPool().jwksUri(RegionRole.SECONDARY)).status()).isEqualTo(200);

    RawClient.Answer changed =
        post("{\"target\":\"SECONDARY_DOMAIN\",\"outage\":\"proxy-page\",\"status\":504}");
    assertThat(changed.json().path("now").path("SECONDARY_DOMAIN").path("status").asText())
        .isEqualTo("504");
    assertThat(raw.get(emulator.domain(RegionRole.SECONDARY).resolve("/login")).status())
        .isEqualTo(504);
    assertThat(emulator.region(RegionRole.SECONDARY).outage()).isEqualTo(Outage.none());

    post("{\"target\":\"PRIMARY\",\"outage\":\"none\"}");
    assertThat(emulator.region(RegionRole.PRIMARY).outage()).isEqualTo(Outage.none());

    assertThat(raw.send(request("/outages").DELETE().build()).status()).isEqualTo(200);
    assertThat(emulator.region(RegionRole.SECONDARY).domainOutage()).isEqualTo(Outage.none());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"outage\":\"latency\",\"duration\":\"PT2S\"', latency PT2S",
    "'\"outage\":\"request-latency\",\"duration\":\"PT0.5S\"', request latency PT0.5S",
    "'\"outage\":\"dripping-body\",\"duration\":\"PT0.1S\"', dripping body PT0.1S",
    "'\"outage\":\"packet-loss\",\"share\":0.3', packet loss 0.3 with seed 1",
    "'\"outage\":\"packet-loss\",\"share\":\"0.3\",\"seed\":7', packet loss 0.3 with seed 7",
    "'\"outage\":\"error-rate\",\"share\":1', error rate 1.0 with seed 1",
    "'\"outage\":\"proxy-page\",\"status\":302', proxy page 302",
    "'\"outage\":\"answer-reset\"', answer reset"
  })
  void parameters_are_taken(String members, String outage) {
    assertThat(post("{\"target\":\"PRIMARY\"," + members + "}").status()).isEqualTo(200);
    assertThat(emulator.region(RegionRole.PRIMARY).outage()).hasToString(outage);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | target: must be one of",
        "{\"target\":\"primary\",\"outage\":\"hang\"} | target: must be one of",
        "{\"target\":\"PRIMARY\"} | outage: must be the name of one",
        "{\"target\":\"PRIMARY\",\"outage\":\"gremlins\"} | outage: there is no 'gremlins'",
        "{\"target\":\"PRIMARY\",\"outage\":\"latency\"} | duration: 'latency' must have it",
        "{\"target\":\"PRIMARY\",\"outage\":\"latency\",\"duration\":\"2\"} | duration: '2' is not",
        "{\"target\":\"PRIMARY\",\"outage\":\"latency\",\"duration\":\"PT2H\"} | added: PT2H",
        "{\"target\":\"PRIMARY\",\"outage\":\"hang\",\"share\":1} | share: 'hang' takes []",
        "{\"target\":\"PRIMARY\",\"outage\":\"packet-loss\",\"share\":2} | share: 2.0 is not",
        "{\"target\":\"PRIMARY\",\"outage\":\"packet-loss\",\"share\":\"NaN\"} | share: NaN is not",
        "{\"target\":\"PRIMARY\",\"outage\":\"proxy-page\",\"status\":204} | status: 204 is not",
        "{\"target\":\"PRIMARY\",\"outage\":\"proxy-page\",\"status\":6e9} | status: '6.0E9' is not",
        "{\"target\":\"PRIMARY\",\"outage\":[\"hang\"]} | outage: must be a string or a number",
        "[] | not a JSON object",
        "{\"target\" | not one well-formed JSON object",
        "{\"target\":\"PRIMARY\",\"target\":\"SECONDARY\"} | not one well-formed JSON object"
      })
  void a_bad_request_says_what_is_wrong_and_changes_nothing(String body, String complaint) {
    emulator.region(RegionRole.PRIMARY).outage(Outage.throttling());
    RawClient.Answer answer = post(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("error").asText()).contains(complaint);
    assertThat(emulator.region(RegionRole.PRIMARY).outage()).isEqualTo(Outage.throttling());
  }

  @Test
  void what_this_emulator_cannot_have_is_a_conflict() {
    RawClient.Answer answer = post("{\"target\":\"PRIMARY\",\"outage\":\"dns-silent\"}");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("error").asText()).contains("https(true)");
  }

  @Test
  void long_bodies_other_paths_and_other_methods_are_refused() {
    assertThat(post("{\"target\":\"" + "x".repeat(5_000) + "\"}").status()).isEqualTo(413);
    assertThat(post("x".repeat(2_000_000)).status()).isEqualTo(413);
    assertThat(raw.send(request("/").build()).status()).isEqualTo(404);
    assertThat(raw.send(request("/outages/PRIMARY").build()).status()).isEqualTo(404);
    assertThat(raw.send(request("/outages").PUT(BodyPublishers.ofString("{}")).build()).status())
        .isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "TOKENX", "token"})
  void without_the_token_nothing_is_shown_or_changed(String given) {
    String token =
        switch (given) {
          case "TOKENX" -> control.token() + "x";
          case "token" -> control.token().substring(1);
          default -> given;
        };
    for (String method : List.of("GET", "POST", "DELETE")) {
      RawClient.Answer answer =
          raw.send(
              HttpRequest.newBuilder(control.endpoint().resolve("/outages"))
                  .timeout(Duration.ofSeconds(30))
                  .header("X-Twinpool-Token", token)
                  .method(
                      method,
                      BodyPublishers.ofString("{\"target\":\"PRIMARY\",\"outage\":\"hang\"}"))
                  .build());
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.json()).hasSize(1);
      assertThat(answer.json().toString()).doesNotContain(control.token());
    }
    assertThat(emulator.region(RegionRole.PRIMARY).outage()).isEqualTo(Outage.none());
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 200",
    "localhost:99, 200",
    "emulator-1.INTERNAL:8080, 200",
    "emulator-2.internal, 421",
    "evil.example, 421"
  })
  void the_host_must_be_loopback_or_an_allowed_one(String host, int status) throws IOException {
    assertThat(status(control.endpoint(), host)).isEqualTo(status);
  }

  private static int status(URI uri, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
      socket.setSoTimeout(30_000);
      String request =
          "GET /outages HTTP/1.1\r\nHost: "
              + host
              + "\r\nX-Twinpool-Token: "
              + control.token()
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }

  @Test
  void it_can_listen_elsewhere_with_a_token_that_was_agreed_on() throws Exception {
    String agreed = "agreed-upon-0123456789";
    try (CognitoEmulator other =
        TestEmulators.builder()
            .controlAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}))
            .controlToken(agreed)
            .start()) {
      assertThat(other.control().token()).isEqualTo(agreed);
      URI there = other.control().endpoint();
      assertThat(there).hasHost("127.0.0.2");
      HttpRequest request =
          HttpRequest.newBuilder(there.resolve("/outages"))
              .timeout(Duration.ofSeconds(30))
              .header("X-Twinpool-Token", agreed)
              .build();
      assertThat(raw.send(request).status()).isEqualTo(200);
      assertThat(other.control()).asString().doesNotContain(agreed);
    }
  }

  @Test
  void what_makes_no_sense_is_refused_with_its_field() throws Exception {
    CognitoEmulator.Builder builder = TestEmulators.builder();
    assertRefused(() -> builder.controlToken("short"), "controlToken");
    assertRefused(() -> builder.controlToken("with a space 0123456789"), "controlToken");
    assertRefused(() -> builder.controlPort(70_000), "controlPort");
    assertRefused(() -> builder.allowedHosts("a b"), "allowedHosts");
    InetAddress v6 = InetAddress.getByAddress(new byte[16]);
    assertRefused(() -> builder.controlAddress(v6), "controlAddress");
  }

  private static void assertRefused(Runnable call, String field) {
    assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContaining(field);
  }
}
