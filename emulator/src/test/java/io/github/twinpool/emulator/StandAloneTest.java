package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Isolated(
    "a process that starts holds the ports of this one for a moment, and a gate takes its port again")
class StandAloneTest {
  private final RawClient raw = new RawClient();

  @Test
  void it_runs_on_the_ports_it_is_told_prints_what_a_client_needs_and_ends_on_sigterm()
      throws Exception {
    int port = freePort();
    try (EmulatorProcess emulator =
        EmulatorProcess.start(
            "--primary-port", "" + port, "--username", "bob", "--password", PASSWORD)) {
      assertThat(emulator.printed("primary-port")).isEqualTo("" + port);
      assertThat(emulator.printed("pool-id")).startsWith("us-east-1_");
      assertThat(emulator.printed("username")).isEqualTo("bob");
      for (String jwks : new String[] {"primary-jwks", "secondary-jwks"}) {
        RawClient.Answer keys = raw.get(URI.create(emulator.printed(jwks)));
        assertThat(keys.json().path("keys")).hasSize(2);
      }
      assertThat(raw.get(URI.create(emulator.printed("issuer-jwks"))).status()).isEqualTo(403);
      for (String domain : new String[] {"primary", "secondary", "custom"}) {
        URI host = URI.create("http://127.0.0.1:" + emulator.printed(domain + "-domain-port"));
        assertThat(raw.get(host.resolve("/oauth2/userInfo")).status()).isEqualTo(400);
      }
      for (String role : new String[] {"primary-port", "secondary-port"}) {
        RawClient.Answer answer =
            raw.call(
                URI.create("http://127.0.0.1:" + emulator.printed(role)),
                "InitiateAuth",
                """
                {"AuthFlow":"USER_PASSWORD_AUTH","ClientId":"%s",
                 "AuthParameters":{"USERNAME":"bob","PASSWORD":"%s"}}"""
                    .formatted(emulator.printed("client-id"), PASSWORD));
        assertThat(answer.status()).isEqualTo(200);
      }
      assertThat(emulator.terminate()).isTrue();
    }
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(IOException.class);
  }

  @Test
  void with_a_token_and_a_file_it_lets_outages_be_switched_and_speaks_https(@TempDir Path folder)
      throws Exception {
    String token = "agreed-upon-0123456789";
    Path pem = folder.resolve("authority.pem");
    try (EmulatorProcess emulator =
        EmulatorProcess.start(
            Map.of("TWINPOOL_EMULATOR_TOKEN", token),
            "--control-port",
            "0",
            "--control-address",
            "0.0.0.0",
            "--allowed-host",
            "cognito,cognito.internal",
            "--https-authority",
            pem.toString())) {
      URI outages = URI.create("http://127.0.0.1:" + emulator.printed("control-port") + "/outages");
      HttpRequest.Builder request =
          HttpRequest.newBuilder(outages)
              .timeout(Duration.ofSeconds(30))
              .header("X-Twinpool-Token", token)
              .POST(
                  BodyPublishers.ofString(
                      "{\"target\":\"PRIMARY\",\"outage\":\"proxy-page\",\"status\":504}"));
      assertThat(raw.send(request.build()).status()).isEqualTo(200);
      assertThat(emulator.printed("dns-port")).matches("[1-9][0-9]*");
      assertThat(emulator.printed("primary-host")).isEqualTo("cognito-idp.us-east-1.emulator.test");
      RawClient trusting = new RawClient(trusting(pem));
      assertThat(trusting.get(URI.create(emulator.printed("primary-jwks"))).status())
          .isEqualTo(504);
      assertThat(trusting.get(URI.create(emulator.printed("secondary-jwks"))).status())
          .isEqualTo(200);
    }
  }

  /** As a program reads a file of authorities. */
  private static SSLContext trusting(Path pem) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      store.setCertificateEntry(
          "emulator", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @ParameterizedTest
  @CsvSource({
    "--control-port 0, the environment must have TWINPOOL_EMULATOR_TOKEN",
    "--colour red, unknown option: --colour",
    "--primary-port, --primary-port wants a value",
    "--primary-port seven, --primary-port: 'seven' is not a port",
    "--primary-port 70000, primaryPort: 70000 is not from 0 to 65535",
    "--custom-domain-port x, --custom-domain-port: 'x' is not a port",
    "--username a --username b, --username is given twice"
  })
  void a_bad_option_ends_it_with_exit_code_2_and_says_how_it_is_used(
      String options, String complaint) throws Exception {
    Ended ended = run(options.split(" ", -1));

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).contains(complaint).contains("usage: CognitoEmulator");
  }

  @Test
  void a_port_that_is_taken_ends_it_with_exit_code_1_and_is_named() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ended ended = run("--primary-port", "" + taken.getLocalPort());

      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.output()).contains("" + taken.getLocalPort());
    }
  }

  @Test
  void help_is_given() throws Exception {
    Ended ended = run("--help");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output())
        .contains("--secondary-port", "--custom-domain-port")
        .contains("no authentication service");
  }

  private record Ended(int exitCode, String output) {}

  private static Ended run(String... options) throws Exception {
    Process process = EmulatorProcess.command(options).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
