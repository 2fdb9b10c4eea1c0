package io.github.twinpool.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.emulator.TestEmulators;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;

/** What the client makes of a network and a proxy that fail in other ways than by silence. */
class EmulatedOutagesTest {
  private static final String PASSWORD = "Correct-Horse-7";
  private static CognitoEmulator emulator;

  @BeforeAll
  static void start() {
    emulator = TestEmulators.builder().https(true).start();
    emulator.createUser("ada", PASSWORD);
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @AfterEach
  void recover() {
    emulator.region(RegionRole.PRIMARY).recover();
  }

  private static MultiRegionCognito client() {
    return MultiRegionCognito.builder(emulator.dns().userPool())
        .clients(
            c ->
                c.credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                    .httpClientBuilder(
                        Apache5HttpClient.builder()
                            .tlsTrustManagersProvider(emulator.tls()::trustManagers)
                            .dnsResolver(new HastyResolver())))
        .build();
  }

  /** Gives a silent DNS up sooner than a system does. */
  private static final class HastyResolver extends SystemDefaultDnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return emulator.dns().resolve(host, Duration.ofMillis(200));
    }
  }

  private static AuthenticationResultType signIn(MultiRegionCognito cognito) {
    return cognito
        .client()
        .initiateAuth(
            r ->
                r.authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                    .clientId(emulator.clientId())
                    .authParameters(Map.of("USERNAME", "ada", "PASSWORD", PASSWORD)))
        .authenticationResult();
  }

  static Stream<Outage> regional() {
    return Stream.of(
        Outage.answerReset(),
        Outage.proxyPage(502),
        Outage.proxyPage(504),
        Outage.proxyPage(200),
        Outage.wrongCertificateName(),
        Outage.untrustedCertificate(),
        Outage.dnsSilent(),
        Outage.dnsUnknownName(),
        Outage.dnsServerFailure());
  }

  @ParameterizedTest
  @MethodSource("regional")
  void a_sign_in_is_answered_by_the_other_region(Outage outage) {
    emulator.region(RegionRole.PRIMARY).outage(outage);
    long before = emulator.region(RegionRole.SECONDARY).calls("InitiateAuth");
    try (MultiRegionCognito cognito = client()) {
      assertThat(signIn(cognito)).isNotNull();
    }
    assertThat(emulator.region(RegionRole.SECONDARY).calls("InitiateAuth")).isEqualTo(before + 1);
  }

  @Test
  void a_reset_in_place_of_the_answer_leaves_open_whether_a_write_took_effect() {
    emulator.region(RegionRole.PRIMARY).outage(Outage.answerReset());
    try (MultiRegionCognito cognito = client()) {
      assertState(cognito, RequestState.UNKNOWN);
    }
    assertThat(emulator.region(RegionRole.PRIMARY).calls("SignUp")).isPositive();
  }

  static Stream<Outage> beforeSending() {
    return Stream.of(
        Outage.untrustedCertificate(),
        Outage.dnsSilent(),
        Outage.dnsUnknownName(),
        Outage.dnsServerFailure());
  }

  @ParameterizedTest
  @MethodSource("beforeSending")
  void what_fails_before_a_connection_is_there_was_not_sent(Outage outage) {
    emulator.region(RegionRole.PRIMARY).outage(outage);
    try (MultiRegionCognito cognito = client()) {
      assertState(cognito, RequestState.NOT_SENT);
    }
  }

  private static void assertState(MultiRegionCognito cognito, RequestState state) {
    assertThatThrownBy(
            () ->
                cognito
                    .client()
                    .signUp(
                        r -> r.clientId(emulator.clientId()).username("bob").password(PASSWORD)))
        .isInstanceOfSatisfying(
            RegionsUnavailableException.class, e -> assertThat(e.requestState()).isEqualTo(state));
  }
}
