package io.github.twinpool.failover;

import static io.github.twinpool.RegionRole.PRIMARY;
import static io.github.twinpool.RegionRole.SECONDARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.twinpool.emulator.Outage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;

/** What a stranger's values do to everybody's sign-ins, against the emulator. */
class StrangersInAnOutageTest {
  private static TwoRegions regions;
  private static CognitoIdentityProviderClient client;

  @BeforeAll
  static void start() {
    regions = new TwoRegions();
    client = regions.cognito.client();
  }

  @AfterAll
  static void stop() {
    regions.close();
  }

  /** Look-ups of what does not exist, whose answers may quote what was asked for. */
  private static List<Consumer<String>> lookUps() {
    String pool = regions.emulator.userPool().id();
    return List.of(
        value -> client.getGroup(it -> it.userPoolId(pool).groupName(value)),
        value -> client.describeUserPoolClient(it -> it.userPoolId(pool).clientId(value)),
        value -> client.adminGetUser(it -> it.userPoolId(pool).username(value)),
        value -> client.listUsersInGroup(it -> it.userPoolId(pool).groupName(value)),
        value -> client.adminGetUser(it -> it.userPoolId(value).username("ada")),
        value ->
            client.initiateAuth(
                it ->
                    it.clientId(value)
                        .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                        .authParameters(Map.of("USERNAME", value, "PASSWORD", value))),
        value ->
            client.initiateAuth(
                it ->
                    it.clientId(regions.emulator.clientId())
                        .authFlow(AuthFlowType.REFRESH_TOKEN_AUTH)
                        .authParameters(Map.of("REFRESH_TOKEN", value))));
  }

  @Test
  void no_value_of_theirs_ends_the_sign_ins_of_others() {
    String pool = regions.emulator.userPool().id();
    List<String> values =
        List.of(
            pool,
            "User pool " + pool + " does not exist.",
            pool + "x",
            "OperationNotEnabledException",
            "User-pool-" + pool);
    regions.primary(Outage.internalErrors());
    try {
      int refused = 0;
      int failed = 0;
      for (String value : values) {
        for (Consumer<String> lookUp : lookUps()) {
          Throwable answer = catchThrowable(() -> lookUp.accept(value));
          refused += answer instanceof CognitoIdentityProviderException ? 1 : 0;
          try {
            client.initiateAuth(regions.signIn());
          } catch (RegionsUnavailableException e) {
            failed++;
          }
        }
      }
      assertThat(refused).isGreaterThan(20);
      assertThat(failed).isZero();
      assertThat(regions.cognito.status().regions().get(SECONDARY).health())
          .isEqualTo(RegionHealth.UP);
    } finally {
      regions.primary(Outage.none());
    }
  }

  /** Whatever a stranger puts into Session, the secondary's count of wrong passwords stays. */
  @Test
  void no_session_of_theirs_finds_a_second_count_of_wrong_passwords() {
    regions.cognito.override(PRIMARY, Duration.ofMinutes(5));
    try {
      regions.emulator.createUser("mallory", TwoRegions.PASSWORD);
      long before = regions.emulator.region(SECONDARY).calls("InitiateAuth");
      String rest = "x".repeat(20);
      for (String session :
          List.of(
              "twinpool-2nd." + rest,
              "twinpool-2nd.srp." + rest,
              "twinpool-2nd." + " ".repeat(20),
              "twinpool-2nd.twinpool-2nd.")) {
        for (int i = 0; i < 6; i++) {
          guess(session);
        }
      }
      assertThat(regions.emulator.region(SECONDARY).calls("InitiateAuth")).isEqualTo(before);
      assertThat(guess("twinpool-2nd." + rest)).contains("exceeded");
      assertThat(
              regions
                  .cognito
                  .client(SECONDARY)
                  .initiateAuth(
                      it ->
                          it.clientId(regions.emulator.clientId())
                              .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                              .authParameters(
                                  Map.of("USERNAME", "mallory", "PASSWORD", TwoRegions.PASSWORD)))
                  .authenticationResult())
          .as("not locked out there")
          .isNotNull();
    } finally {
      regions.cognito.endOverride();
    }
  }

  private static String guess(String session) {
    try {
      client.initiateAuth(
          it ->
              it.clientId(regions.emulator.clientId())
                  .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                  .session(session)
                  .authParameters(Map.of("USERNAME", "mallory", "PASSWORD", "wrong")));
      return "";
    } catch (CognitoIdentityProviderException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
