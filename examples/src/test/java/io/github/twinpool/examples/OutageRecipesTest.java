package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.failover.MultiRegionCognito;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;

class OutageRecipesTest {
  /** Each recipe is for one emulator: a client keeps its connections, which DNS does not touch. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "wrong name", "unknown name"})
  void a_client_of_names_and_certificates_is_rescued_from_both(String outage) {
    try (CognitoEmulator emulator = OutageRecipes.https();
        MultiRegionCognito cognito =
            OutageRecipes.named(emulator, OutageRecipes.trusting(emulator))) {
      emulator.createUser("ada", "Correct-Horse-7");
      emulator
          .region(RegionRole.PRIMARY)
          .outage(
              switch (outage) {
                case "wrong name" -> Outage.wrongCertificateName();
                case "unknown name" -> Outage.dnsUnknownName();
                default -> Outage.none();
              });

      var answer =
          cognito
              .client()
              .initiateAuth(
                  r ->
                      r.authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                          .clientId(emulator.clientId())
                          .authParameters(
                              Map.of("USERNAME", "ada", "PASSWORD", "Correct-Horse-7")));

      assertThat(answer.authenticationResult()).isNotNull();
      RegionRole served = outage.equals("none") ? RegionRole.PRIMARY : RegionRole.SECONDARY;
      assertThat(emulator.region(served).calls("InitiateAuth")).isEqualTo(1);
    }
  }
}
