package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.emulator.TestEmulators;
import io.github.twinpool.failover.Advice;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.MultiRegionCognito;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** Route 53 and KMS are out of reach: people sign in, and a Region's outage is survived. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class NeighboursDownTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void with_or_without_the_signal_sign_ins_go_on_and_fail_over_and_back(boolean signalled) {
    FailoverPolicy policy = SetupFixture.HASTY;
    try (SetupFixture fixture = new SetupFixture(TestEmulators.builder());
        MultiRegionCognito cognito =
            MultiRegionCognito.builder(fixture.emulator.userPool()).policy(policy).build()) {
      fixture.emulator.createUser("ada", "Correct-Horse-7");
      fixture.emulator.route53().outage(Outage.refused());
      for (RegionRole role : RegionRole.values()) {
        fixture.emulator.kms(role).outage(Outage.refused());
      }
      Route53HealthSignal signal =
          Route53HealthSignal.builder(cognito, fixture.emulator.route53().healthCheckId())
              .client(fixture.clients.route53())
              .advice(Advice.FOLLOW)
              .quickly(Duration.ofMillis(200))
              .start();
      if (signalled) {
        await().until(() -> signal.problem().isPresent());
      } else {
        signal.close();
      }
      ReplicationSetup setup = fixture.everything(fixture.clients);
      assertThatThrownBy(setup::plan).isInstanceOf(ServiceUnreachableException.class);

      signIn(fixture.emulator, cognito.client());
      assertThat(cognito.status().serving()).isEqualTo(RegionRole.PRIMARY);
      fixture.emulator.region(RegionRole.PRIMARY).outage(Outage.internalErrors());
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                signIn(fixture.emulator, cognito.client());
                return cognito.status().serving() == RegionRole.SECONDARY;
              });
      fixture.emulator.region(RegionRole.PRIMARY).recover();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                signIn(fixture.emulator, cognito.client());
                return cognito.status().serving() == RegionRole.PRIMARY;
              });
      signal.close();
    }
  }

  private static void signIn(CognitoEmulator emulator, CognitoIdentityProviderClient client) {
    assertThat(
            client
                .initiateAuth(
                    it ->
                        it.clientId(emulator.clientId())
                            .authFlow("USER_PASSWORD_AUTH")
                            .authParameters(
                                Map.of("USERNAME", "ada", "PASSWORD", "Correct-Horse-7")))
                .authenticationResult())
        .isNotNull();
  }
}
