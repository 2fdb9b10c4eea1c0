package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InternalErrorException;

/** Outages switched through {@link EmulatedRegion}; what each one does has its own tests. */
class RegionOutageTest {
  private final RawClient raw = new RawClient();
  private EmulatorClients clients;
  private CognitoEmulator emulator;
  private UserPool pool;

  @BeforeEach
  void start() {
    emulator = TestEmulators.builder().issuerType(IssuerType.UPDATED).start();
    clients = new EmulatorClients(emulator);
    emulator.createUser("ada", PASSWORD);
    pool = emulator.userPool();
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  @Test
  void one_region_fails_while_the_other_goes_on_and_recovers() {
    EmulatedRegion primary = emulator.region(RegionRole.PRIMARY);
    primary.outage(Outage.internalErrors());
    assertThat(primary.outage()).isEqualTo(Outage.internalErrors());
    assertThatThrownBy(() -> clients.signIn(RegionRole.PRIMARY, "ada", PASSWORD))
        .isInstanceOf(InternalErrorException.class);
    assertThat(clients.signIn(RegionRole.SECONDARY, "ada", PASSWORD)).isNotNull();

    primary.outage(Outage.refused());
    assertThatThrownBy(() -> clients.signIn(RegionRole.PRIMARY, "ada", PASSWORD))
        .isInstanceOf(SdkClientException.class);
    assertThat(primary.calls("InitiateAuth")).isZero();

    primary.recover();
    assertThat(primary.outage()).isEqualTo(Outage.none());
    assertThat(clients.signIn(RegionRole.PRIMARY, "ada", PASSWORD)).isNotNull();
    assertThat(primary.calls("InitiateAuth")).isEqualTo(1);
    assertThat(primary.calls("GetUser")).isZero();
  }

  @Test
  void the_updated_issuers_host_answers_as_long_as_one_region_does() {
    for (Outage outage : List.of(Outage.internalErrors(), Outage.serviceUnavailable())) {
      for (RegionRole role : RegionRole.values()) {
        emulator.region(role).outage(outage);
        assertThat(issuerStatus()).isEqualTo(200);
        emulator.region(role).recover();
      }
    }
  }

  @Test
  void the_updated_issuers_host_fails_as_the_primary_does_when_neither_region_answers() {
    emulator.region(RegionRole.PRIMARY).outage(Outage.serviceUnavailable());
    emulator.region(RegionRole.SECONDARY).outage(Outage.internalErrors());
    assertThat(issuerStatus()).isEqualTo(503);

    emulator.region(RegionRole.SECONDARY).outage(Outage.signInPlaneHang());
    assertThat(issuerStatus()).isEqualTo(200);
  }

  @Test
  void the_keys_answer_while_the_sign_in_plane_hangs() {
    emulator.region(RegionRole.PRIMARY).outage(Outage.signInPlaneHang());

    assertThat(raw.get(pool.jwksUri(RegionRole.PRIMARY)).status()).isEqualTo(200);
    try (CognitoIdentityProviderClient impatient = impatient()) {
      assertThatThrownBy(() -> impatient.getUser(r -> r.accessToken("x")))
          .isInstanceOf(SdkClientException.class);
    }
    assertThat(emulator.region(RegionRole.PRIMARY).calls("GetUser")).isZero();
    assertThat(emulator.region(RegionRole.PRIMARY).calls("jwks.json")).isEqualTo(1);
  }

  @Test
  void a_lost_answer_was_processed() {
    emulator.region(RegionRole.PRIMARY).outage(Outage.answerLost());
    try (CognitoIdentityProviderClient impatient = impatient()) {
      assertThatThrownBy(
              () ->
                  impatient.signUp(
                      r -> r.clientId(emulator.clientId()).username("bob").password(PASSWORD)))
          .isInstanceOf(SdkClientException.class);
    }
    emulator.region(RegionRole.PRIMARY).recover();

    assertThat(
            clients.primary.adminGetUser(r -> r.userPoolId(pool.id()).username("bob")).username())
        .isEqualTo("bob");
  }

  @Test
  void a_reset_answer_was_processed() {
    emulator.region(RegionRole.PRIMARY).outage(Outage.answerReset());
    try (CognitoIdentityProviderClient client =
        EmulatorClients.builder(pool, RegionRole.PRIMARY)
            .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build()) {
      assertThatThrownBy(
              () ->
                  client.signUp(
                      r -> r.clientId(emulator.clientId()).username("bob").password(PASSWORD)))
          .isInstanceOf(SdkClientException.class)
          .rootCause()
          .hasMessageContaining("reset");
    }
    emulator.region(RegionRole.PRIMARY).recover();

    assertThat(emulator.region(RegionRole.PRIMARY).calls("SignUp")).isEqualTo(1);
    assertThat(
            clients.primary.adminGetUser(r -> r.userPoolId(pool.id()).username("bob")).username())
        .isEqualTo("bob");
  }

  @Test
  void a_base_latency_delays_every_answer_of_its_region() {
    emulator.region(RegionRole.SECONDARY).latency(Duration.ofMillis(300));

    long start = System.nanoTime();
    clients.signIn(RegionRole.SECONDARY, "ada", PASSWORD);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(299));
  }

  private int issuerStatus() {
    return raw.get(pool.jwksUri(IssuerType.UPDATED)).status();
  }

  private CognitoIdentityProviderClient impatient() {
    return EmulatorClients.builder(pool, RegionRole.PRIMARY)
        .overrideConfiguration(c -> c.apiCallTimeout(Duration.ofSeconds(2)))
        .build();
  }
}
