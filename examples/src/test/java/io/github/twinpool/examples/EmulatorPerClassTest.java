package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.CognitoEmulatorExtension;
import io.github.twinpool.emulator.InRegion;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.failover.MultiRegionCognito;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;

/** What docs/emulator-in-tests.md shows of JUnit. */
class EmulatorPerClassTest {
  // tag::emulator-per-class[]
  @RegisterExtension
  static final CognitoEmulatorExtension EMULATOR =
      CognitoEmulatorExtension.of(CognitoEmulator.builder().user("ada", "Correct-Horse-7"));

  @Test
  void users_sign_in_while_the_primary_region_is_out(CognitoEmulator emulator, UserPool pool) {
    emulator.region(RegionRole.PRIMARY).outage(Outage.refused()); // over when the next test begins

    try (MultiRegionCognito cognito = MultiRegionCognito.builder(pool).build()) {
      assertThat(cognito.client().initiateAuth(signIn(emulator)).authenticationResult())
          .isNotNull();
    }
  }

  @Test
  void each_region_has_the_user(
      CognitoEmulator emulator,
      CognitoIdentityProviderClient primary,
      @InRegion(RegionRole.SECONDARY) CognitoIdentityProviderClient secondary) {
    assertThat(primary.initiateAuth(signIn(emulator)).authenticationResult()).isNotNull();
    assertThat(secondary.initiateAuth(signIn(emulator)).authenticationResult()).isNotNull();
  }

  // end::emulator-per-class[]

  private static InitiateAuthRequest signIn(CognitoEmulator emulator) {
    return InitiateAuthRequest.builder()
        .clientId(emulator.clientId())
        .authFlow("USER_PASSWORD_AUTH")
        .authParameters(Map.of("USERNAME", "ada", "PASSWORD", "Correct-Horse-7"))
        .build();
  }
}
