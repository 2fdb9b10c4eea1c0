package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of another site, whose name DNS leads to this machine, gets nothing from the emulator. */
class AllowedHostsTest {
  private static CognitoEmulator emulator;

  @BeforeAll
  static void start() {
    emulator = TestEmulators.builder().start();
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  /** Everything that listens. */
  private static List<URI> surfaces() {
    return Stream.concat(
            Stream.of(
                emulator.updatedIssuerEndpoint(),
                emulator.customDomain(),
                emulator.identityProvider().issuer(),
                emulator.route53().endpoint()),
            Arrays.stream(RegionRole.values())
                .flatMap(
                    role ->
                        Stream.of(
                            emulator.region(role).endpoint(),
                            emulator.domain(role),
                            emulator.kms(role).endpoint(),
                            emulator.waf(role).endpoint())))
        .toList();
  }

  /** The status of the answer to the lines of a request's head. */
  private static int status(URI surface, String... head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), surface.getPort())) {
      socket.setSoTimeout(30_000);
      String request = String.join("\r\n", head) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).doesNotContain("evil");
      return Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }

  private static String port(URI surface) {
    return ":" + surface.getPort();
  }

  @Test
  void every_surface_refuses_a_request_for_another_host() throws IOException {
    for (URI surface : surfaces()) {
      for (String request : List.of("GET /", "POST /", "OPTIONS *", "GET /.well-known/jwks.json")) {
        String line = request + " HTTP/1.1";
        assertThat(status(surface, line, "Host: evil.example" + port(surface)))
            .as("%s at %s", request, surface)
            .isEqualTo(421);
        assertThat(status(surface, line, "Host: localhost" + port(surface)))
            .as("%s at %s", request, surface)
            .isNotEqualTo(421);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:80",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.localhost",
        "localhost.",
        "0.0.0.0",
        "127.1",
        "2130706433",
        "0177.0.0.1",
        "[::ffff:127.0.0.1]",
        "[::]",
        "[::1].evil.example",
        "127.0.0.1@evil.example",
        "evil.example@127.0.0.1",
        "evil.example#@127.0.0.1",
        "127.0.0.1, evil.example",
        "127.0.0.1 evil.example",
        "127.0.0.1:80:80",
        "127.0.0.1:x",
        "l\u00f6calhost",
        "loca\u017fhost",
        "127\u30020.0.1",
        "127.0.0.1%00",
        "127.0.0.1%2eevil.example",
        "localhost/evil",
        "localhost?evil",
        "localhost\\evil",
        "[::1",
        "::1",
        "[::1%25lo]",
        "[0:0:0:0:0:ffff:7f00:1]",
        "127.0.0.1:999999",
        "127.0.0.1:-1",
        "localhost localhost",
        "localhost\tevil",
        "xn--localhost-evil",
        "localhost:80, localhost:80",
        ""
      })
  void what_is_not_loopback_for_every_program_is_refused(String host) throws IOException {
    URI region = emulator.region(RegionRole.PRIMARY).endpoint();
    assertThat(status(region, "GET / HTTP/1.1", "Host: " + host)).isIn(400, 421);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LocalHost:1", "127.0.0.1", "127.1.2.3:65535", "[::1]", "[::1]:80"})
  void loopback_is_taken_by_all_its_names_and_with_any_port(String host) throws IOException {
    URI region = emulator.region(RegionRole.PRIMARY).endpoint();
    assertThat(status(region, "GET / HTTP/1.1", "Host: " + host)).isEqualTo(404);
  }

  @Test
  void a_missing_a_second_and_a_contradicting_host_are_refused() throws IOException {
    URI region = emulator.region(RegionRole.PRIMARY).endpoint();
    String own = "Host: 127.0.0.1" + port(region);
    assertThat(status(region, "GET / HTTP/1.1")).isEqualTo(400);
    assertThat(status(region, "GET / HTTP/1.0")).isEqualTo(421);
    assertThat(status(region, "GET / HTTP/1.0", own)).isEqualTo(404);
    assertThat(status(region, "GET / HTTP/1.1", own, own)).isIn(400, 421);
    assertThat(status(region, "GET / HTTP/1.1", own, "Host: evil.example")).isIn(400, 421);
    String absolute = "GET http://127.0.0.1" + port(region) + "/ HTTP/1.1";
    assertThat(status(region, absolute, own)).isEqualTo(404);
    assertThat(status(region, absolute, "Host: evil.example")).isIn(400, 421);
    assertThat(status(region, "GET http://evil.example/ HTTP/1.1", own)).isIn(400, 421);
    assertThat(status(region, "GET http://evil.example/ HTTP/1.0", own)).isIn(400, 421);
    assertThat(status(region, "GET http://evil.example/ HTTP/1.0")).isIn(400, 421);
    assertThat(status(region, "GET http://127.0.0.1@evil.example/ HTTP/1.0", own)).isIn(400, 421);
  }

  /** Names that a proxy would believe, and a page can send. */
  @Test
  void no_other_header_makes_another_host_good_or_a_good_one_bad() throws IOException {
    URI region = emulator.region(RegionRole.PRIMARY).endpoint();
    String own = "Host: 127.0.0.1" + port(region);
    for (String header :
        List.of(
            "X-Forwarded-Host: 127.0.0.1",
            "Forwarded: host=127.0.0.1",
            "X-Host: localhost",
            "X-Original-Host: localhost",
            ":authority: localhost",
            "Origin: http://localhost")) {
      assertThat(status(region, "GET / HTTP/1.1", "Host: evil.example", header))
          .as(header)
          .isIn(400, 421);
    }
    assertThat(status(region, "GET / HTTP/1.1", own, "X-Forwarded-Host: bad.example"))
        .isEqualTo(404);
    assertThat(status(region, "GET / HTTP/1.1", "hOsT: evil.example")).isIn(400, 421);
    assertThat(status(region, "GET / HTTP/1.1", "Host : 127.0.0.1")).isIn(400, 421);
    assertThat(status(region, "GET / HTTP/1.1", " Host: 127.0.0.1")).isIn(400, 421);
    assertThat(status(region, "GET / HTTP/1.1", own, " evil.example")).isIn(400, 421);
    assertThat(status(region, "GET //evil.example/ HTTP/1.1", own)).isNotEqualTo(200);
    assertThat(status(region, "GET / HTTP/2.0", "Host: evil.example")).isIn(400, 421, 426, 505);
  }

  @Test
  void a_refusal_comes_before_everything_else_that_a_request_does() throws IOException {
    long before = emulator.region(RegionRole.PRIMARY).calls("GetUser");
    URI region = emulator.region(RegionRole.PRIMARY).endpoint();
    String target = "X-Amz-Target: AWSCognitoIdentityProviderService.GetUser";
    assertThat(status(region, "POST / HTTP/1.1", "Host: evil.example", target)).isEqualTo(421);
    assertThat(emulator.region(RegionRole.PRIMARY).calls("GetUser")).isEqualTo(before);
  }

  @Test
  void further_names_can_be_allowed() {
    AllowedHosts hosts = new AllowedHosts(Set.of("emulator.test"));
    assertThat(hosts.allow(List.of("Emulator.Test:8080"), null)).isTrue();
    assertThat(hosts.allow(List.of("localhost"), "emulator.test")).isTrue();
    assertThat(hosts.allow(List.of("a.emulator.test"), null)).isFalse();
    assertThat(hosts.allow(List.of("emulator.test"), "evil.example")).isFalse();
  }
}
