package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;

/** An emulator that speaks HTTPS, its certificates, and its outages under TLS. */
class HttpsTest {
  private static CognitoEmulator emulator;
  private static HttpClient http;
  private final List<AutoCloseable> toClose = new ArrayList<>();

  @BeforeAll
  static void start() {
    emulator = TestEmulators.builder().issuerType(IssuerType.UPDATED).https(true).start();
    emulator.createUser("ada", PASSWORD);
    http = HttpClient.newBuilder().sslContext(emulator.tls().sslContext()).build();
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @AfterEach
  void recover() throws Exception {
    for (AutoCloseable it : toClose) {
      it.close();
    }
    for (RegionRole role : RegionRole.values()) {
      emulator.region(role).recover();
    }
  }

  private CognitoIdentityProviderClient client(RegionRole role, Duration patience) {
    UserPool pool = emulator.userPool();
    CognitoIdentityProviderClient client =
        EmulatorClients.builder(pool, role)
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .socketTimeout(patience)
                    .tlsTrustManagersProvider(emulator.tls()::trustManagers))
            .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();
    toClose.add(client);
    return client;
  }

  private static AuthenticationResultType signIn(CognitoIdentityProviderClient client) {
    return client
        .initiateAuth(
            r ->
                r.authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                    .clientId(emulator.clientId())
                    .authParameters(Map.of("USERNAME", "ada", "PASSWORD", PASSWORD)))
        .authenticationResult();
  }

  private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(),
        BodyHandlers.ofString());
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void both_regions_the_domain_and_the_issuers_host_speak_https(RegionRole role) throws Exception {
    assertThat(emulator.region(role).endpoint()).hasScheme("https");
    assertThat(signIn(client(role, Duration.ofSeconds(30)))).isNotNull();
    assertThat(get(emulator.userPool().jwksUri(role)).body()).contains("keys");
    assertThat(get(emulator.userPool().jwksUri(IssuerType.UPDATED)).body()).contains("keys");
    for (URI host : List.of(emulator.domain(role), emulator.customDomain())) {
      assertThat(get(host.resolve("/oauth2/userInfo")).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void nobody_trusts_it_who_was_not_told_to() {
    HttpClient stranger = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(emulator.userPool().jwksUri(RegionRole.PRIMARY)).build();
    assertThatThrownBy(() -> stranger.send(request, BodyHandlers.discarding()))
        .hasMessageContaining("PKIX path building failed");
  }

  @Test
  void its_authority_can_be_handed_over_as_pem() throws Exception {
    String pem = emulator.tls().authorityPem();
    assertThat(pem)
        .startsWith("-----BEGIN CERTIFICATE-----\n")
        .endsWith("-----END CERTIFICATE-----\n");
    assertThat(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo(emulator.tls().authority());
    assertThat(emulator.tls().authority().getBasicConstraints()).isNotNegative();
  }

  private static void assertHandshakeFails(ThrowingCallable call, String reason) {
    assertThatThrownBy(call)
        .isInstanceOf(SdkClientException.class)
        .hasStackTraceContaining("javax.net.ssl.SSL")
        .hasStackTraceContaining(reason);
  }

  @Test
  void a_wrong_name_fails_the_handshake_of_old_and_new_clients_and_of_them_only() throws Exception {
    CognitoIdentityProviderClient connected = client(RegionRole.PRIMARY, Duration.ofSeconds(30));
    signIn(connected);
    long before = emulator.region(RegionRole.PRIMARY).calls("InitiateAuth");
    emulator.region(RegionRole.PRIMARY).outage(Outage.wrongCertificateName());

    assertThatThrownBy(() -> signIn(connected)).isInstanceOf(SdkClientException.class);
    assertHandshakeFails(() -> signIn(connected), "subject alternative names");
    assertHandshakeFails(
        () -> signIn(client(RegionRole.PRIMARY, Duration.ofSeconds(30))),
        "subject alternative names");
    assertThatThrownBy(() -> get(emulator.userPool().jwksUri(RegionRole.PRIMARY)))
        .hasMessageContaining("subject alternative names");
    assertThat(signIn(client(RegionRole.SECONDARY, Duration.ofSeconds(30)))).isNotNull();
    assertThat(emulator.region(RegionRole.PRIMARY).calls("InitiateAuth")).isEqualTo(before);

    emulator.region(RegionRole.PRIMARY).recover();
    assertThat(signIn(connected)).isNotNull();
  }

  @Test
  void an_untrusted_issuer_fails_the_handshake() {
    CognitoIdentityProviderClient connected = client(RegionRole.PRIMARY, Duration.ofSeconds(30));
    signIn(connected);
    emulator.region(RegionRole.PRIMARY).outage(Outage.untrustedCertificate());

    assertThatThrownBy(() -> signIn(connected)).isInstanceOf(SdkClientException.class);
    assertHandshakeFails(() -> signIn(connected), "PKIX path");
    emulator.region(RegionRole.PRIMARY).recover();
    assertThat(signIn(connected)).isNotNull();
  }

  /** Those that close or keep back connections have to get by without seeing a byte. */
  @Test
  void outages_of_the_network_and_lost_answers_are_the_same_under_tls() {
    CognitoIdentityProviderClient patient = client(RegionRole.PRIMARY, Duration.ofSeconds(30));
    CognitoIdentityProviderClient hasty = client(RegionRole.PRIMARY, Duration.ofMillis(500));
    EmulatedRegion region = emulator.region(RegionRole.PRIMARY);
    signIn(patient);
    for (Outage outage : List.of(Outage.hang(), Outage.answerLost(), Outage.signInPlaneHang())) {
      region.outage(outage);
      assertThatThrownBy(() -> signIn(hasty))
          .as("%s", outage)
          .isInstanceOf(SdkClientException.class)
          .hasStackTraceContaining("timed out");
    }
    for (Outage outage : List.of(Outage.reset(), Outage.answerReset())) {
      region.outage(outage);
      assertThatThrownBy(() -> signIn(patient))
          .as("%s", outage)
          .isInstanceOf(SdkClientException.class)
          .hasStackTraceContaining("onnection reset");
    }
    region.outage(Outage.latency(Duration.ofMillis(100)));
    assertThat(signIn(patient)).isNotNull();
    region.outage(Outage.requestLatency(Duration.ofMillis(100)));
    assertThat(signIn(patient)).isNotNull();
  }

  @Test
  void what_an_emulator_cannot_have_is_refused_and_changes_nothing() {
    EmulatedRegion region = emulator.region(RegionRole.PRIMARY);
    assertThatIllegalStateException()
        .isThrownBy(() -> region.outage(Outage.drippingBody(Duration.ofMillis(1))))
        .withMessageContaining("dripping body");
    assertThat(region.outage()).isEqualTo(Outage.none());
    try (CognitoEmulator plain = TestEmulators.start()) {
      for (Outage outage :
          List.of(
              Outage.wrongCertificateName(),
              Outage.untrustedCertificate(),
              Outage.dnsSilent(),
              Outage.dnsUnknownName(),
              Outage.dnsServerFailure())) {
        assertThatIllegalStateException()
            .isThrownBy(() -> plain.region(RegionRole.PRIMARY).outage(outage))
            .withMessageContainingAll(outage.toString(), "https(true)");
        assertThatIllegalStateException()
            .isThrownBy(() -> plain.region(RegionRole.PRIMARY).domainOutage(outage));
        assertThat(plain.region(RegionRole.PRIMARY).domainOutage()).isEqualTo(Outage.none());
        assertThat(plain.region(RegionRole.PRIMARY).outage()).isEqualTo(Outage.none());
      }
      assertThatIllegalStateException().isThrownBy(plain::tls);
      assertThatIllegalStateException().isThrownBy(plain::dns);
    }
  }
}
