package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers must be told, so that pages of other origins can use Regions and domain. */
class CorsTest {
  private static final String ORIGIN = "http://localhost:3000";
  private static final String ASKED = "content-type,x-amz-target,x-amz-user-agent";
  private static final String EXPOSED =
      "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date";
  private static CognitoEmulator emulator;

  @BeforeAll
  static void start() {
    emulator = TestEmulators.builder().issuerType(IssuerType.UPDATED).start();
    emulator.createUser("ada", EmulatorClients.PASSWORD);
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @AfterEach
  void recover() {
    emulator.region(RegionRole.PRIMARY).recover();
  }

  /** A browser's request; the JDK's client sends no Origin. */
  private record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private static Answer send(URI uri, String method, String body, String... headers)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
      socket.setSoTimeout(30_000);
      String path = uri.getPath().isEmpty() ? "/" : uri.getPath();
      String request =
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: "
              + body.getBytes(UTF_8).length
              + "\r\n"
              + String.join("", List.of(headers).stream().map(it -> it + "\r\n").toList())
              + "\r\n"
              + body;
      socket.getOutputStream().write(request.getBytes(UTF_8));
      String[] answer =
          new String(socket.getInputStream().readAllBytes(), UTF_8).split("\r\n\r\n", 2);
      Map<String, String> fields = new LinkedHashMap<>();
      List<String> lines = answer[0].lines().toList();
      for (String line : lines.subList(1, lines.size())) {
        String[] pair = line.split(": ", 2);
        assertThat(fields.put(pair[0].toLowerCase(Locale.ROOT), pair[1])).as(line).isNull();
      }
      return new Answer(Integer.parseInt(lines.get(0).split(" ", 3)[1]), fields, answer[1]);
    }
  }

  private static Answer preflight(URI uri, String method) throws IOException {
    return send(
        uri,
        "OPTIONS",
        "",
        "Origin: " + ORIGIN,
        "Access-Control-Request-Method: " + method,
        "Access-Control-Request-Headers: " + ASKED);
  }

  private static Answer initiateAuth(String... more) throws IOException {
    String[] headers = new String[more.length + 2];
    headers[0] = "Content-Type: application/x-amz-json-1.1";
    headers[1] = "X-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth";
    System.arraycopy(more, 0, headers, 2, more.length);
    return send(
        emulator.region(RegionRole.PRIMARY).endpoint(),
        "POST",
        """
        {"AuthFlow":"USER_PASSWORD_AUTH","ClientId":"%s",
         "AuthParameters":{"USERNAME":"ada","PASSWORD":"%s"}}"""
            .formatted(emulator.clientId(), EmulatorClients.PASSWORD),
        headers);
  }

  /** As cognito-idp.us-east-1 answered on 2021-02-16 (GitHub AllanZhengYP/cors-test). */
  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void a_region_answers_a_preflight_as_the_real_one_does(RegionRole role) throws IOException {
    Answer answer = preflight(emulator.region(role).endpoint(), "POST");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("x-amzn-requestid")).isNotEmpty();
    assertThat(answer.headers())
        .containsEntry("access-control-allow-origin", "*")
        .containsEntry("access-control-allow-headers", ASKED)
        .containsEntry("access-control-allow-methods", "POST")
        .containsEntry("access-control-expose-headers", EXPOSED)
        .containsEntry("access-control-max-age", "172800")
        .containsEntry("content-length", "0");
    assertThat(emulator.region(role).calls("OPTIONS")).isZero();
  }

  @Test
  void a_page_may_read_answers_errors_and_the_errors_of_an_outage() throws IOException {
    Answer good = initiateAuth("Origin: " + ORIGIN);
    assertThat(good.status()).isEqualTo(200);
    assertReadableByAll(good);

    Answer bad =
        send(
            emulator.region(RegionRole.PRIMARY).endpoint(),
            "POST",
            "{}",
            "Origin: null",
            "Content-Type: application/x-amz-json-1.1",
            "X-Amz-Target: AWSCognitoIdentityProviderService.GetUser");
    assertThat(bad.status()).isEqualTo(400);
    assertReadableByAll(bad);

    emulator.region(RegionRole.PRIMARY).outage(Outage.internalErrors());
    Answer failed = initiateAuth("Origin: " + ORIGIN);
    assertThat(failed.status()).isEqualTo(500);
    assertReadableByAll(failed);
  }

  private static void assertReadableByAll(Answer answer) {
    assertThat(answer.headers())
        .containsEntry("access-control-allow-origin", "*")
        .containsEntry("access-control-expose-headers", EXPOSED)
        .doesNotContainKey("access-control-allow-credentials");
  }

  @Test
  void what_a_proxy_answers_is_not_readable() throws IOException {
    emulator.region(RegionRole.PRIMARY).outage(Outage.proxyPage(502));
    assertClosed(initiateAuth("Origin: " + ORIGIN));
  }

  @Test
  void a_client_that_is_no_browser_gets_no_such_header() throws IOException {
    assertClosed(initiateAuth());
  }

  private static void assertClosed(Answer answer) {
    assertThat(answer.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
  }

  @Test
  void key_sets_and_discovery_documents_are_readable() throws IOException {
    for (URI keys :
        List.of(
            emulator.userPool().jwksUri(RegionRole.PRIMARY),
            emulator.userPool().jwksUri(RegionRole.SECONDARY),
            emulator.userPool().jwksUri(IssuerType.UPDATED))) {
      for (URI document : List.of(keys, keys.resolve("openid-configuration"))) {
        Answer answer = send(document, "GET", "", "Origin: " + ORIGIN);
        assertThat(answer.status()).as("%s", document).isEqualTo(200);
        assertReadableByAll(answer);
        assertThat(preflight(document, "GET").headers())
            .containsEntry("access-control-allow-origin", "*")
            .containsEntry("access-control-allow-methods", "GET");
      }
    }
  }

  /** The headers of GitHub DuendeArchive/identity-model-oidc-client-js issue 1107. */
  @ParameterizedTest
  @ValueSource(strings = {"/oauth2/token", "/oauth2/userInfo", "/oauth2/revoke"})
  void scripts_may_use_the_domain_from_the_origin_that_asks(String path) throws IOException {
    for (URI host :
        List.of(
            emulator.domain(RegionRole.PRIMARY),
            emulator.domain(RegionRole.SECONDARY),
            emulator.customDomain())) {
      for (Answer answer :
          List.of(
              send(host.resolve(path), "POST", "", "Origin: " + ORIGIN),
              preflight(host.resolve(path), "POST"))) {
        assertThat(answer.headers())
            .containsEntry("access-control-allow-origin", ORIGIN)
            .containsEntry("access-control-allow-credentials", "true")
            .containsEntry("vary", "Origin");
      }
      assertThat(preflight(host.resolve(path), "POST").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/logout", "/oauth2/authorize", "/oauth2/idpresponse", "/x"})
  void pages_of_the_domain_stay_closed(String path) throws IOException {
    URI page = emulator.domain(RegionRole.PRIMARY).resolve(path);
    assertClosed(send(page, "GET", "", "Origin: " + ORIGIN));
    Answer preflight = preflight(page, "POST");
    assertClosed(preflight);
    assertThat(preflight.status()).isIn(404, 405);
  }

  @Test
  void what_is_the_emulators_own_stays_closed() throws IOException {
    URI messages =
        emulator
            .region(RegionRole.PRIMARY)
            .endpoint()
            .resolve("/_twinpool/messages/" + emulator.userPool().id() + "/ada");
    Answer answer = send(messages, "GET", "", "Origin: " + ORIGIN);
    assertThat(answer.status()).isEqualTo(200);
    assertClosed(answer);
    assertClosed(preflight(messages, "GET"));
    for (URI service :
        List.of(
            emulator.kms(RegionRole.PRIMARY).endpoint(),
            emulator.route53().endpoint(),
            emulator.control().endpoint().resolve("/outages"))) {
      assertClosed(preflight(service, "POST"));
      assertClosed(send(service, "GET", "", "Origin: " + ORIGIN));
    }
  }
}
