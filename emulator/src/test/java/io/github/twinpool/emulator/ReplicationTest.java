package io.github.twinpool.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;

class ReplicationTest {
  private static final Duration LAG = Duration.ofSeconds(10);

  private final TestClock clock = new TestClock();
  private EmulatorClients clients;
  private String poolId;

  @BeforeEach
  void start() {
    start(TestEmulators.builder());
  }

  private void start(CognitoEmulator.Builder builder) {
    clients = new EmulatorClients(builder.clock(clock).replicationLag(LAG).start());
    clients.emulator.createUser("ada", EmulatorClients.PASSWORD);
    poolId = clients.emulator.userPool().id();
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  @Test
  void a_user_made_by_the_test_is_in_both_regions_at_once() {
    for (RegionRole role : RegionRole.values()) {
      assertThat(signIn(role).accessToken()).as(role.toString()).isNotBlank();
    }
  }

  @Test
  void a_new_user_appears_on_the_secondary_when_the_lag_is_over_and_not_before() {
    clients.primary.adminCreateUser(r -> r.userPoolId(poolId).username("bob"));

    clock.advance(LAG.minusMillis(1));
    assertThatThrownBy(() -> emailOnSecondary("bob")).isInstanceOf(UserNotFoundException.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(emailOnSecondary("bob")).isEmpty();
  }

  @Test
  void changes_arrive_in_the_order_in_which_they_were_made() {
    changeEmail("1@example.com");
    clock.advance(Duration.ofSeconds(5));
    changeEmail("2@example.com");

    assertThat(emailOnSecondary("ada")).isEqualTo("ada@example.com");
    clock.advance(Duration.ofSeconds(5));
    assertThat(emailOnSecondary("ada")).isEqualTo("1@example.com");
    clock.advance(Duration.ofSeconds(5));
    assertThat(emailOnSecondary("ada")).isEqualTo("2@example.com");
  }

  @Test
  void the_lag_changes_live_and_what_has_arrived_stays() {
    changeEmail("1@example.com");
    clients.emulator.replicationLag(Duration.ZERO);
    assertThat(emailOnSecondary("ada")).isEqualTo("1@example.com");

    clients.emulator.replicationLag(Duration.ofHours(1));
    assertThat(emailOnSecondary("ada")).isEqualTo("1@example.com");
    changeEmail("2@example.com");
    clock.advance(Duration.ofMinutes(59));
    assertThat(emailOnSecondary("ada")).isEqualTo("1@example.com");
  }

  @Test
  void a_new_password_is_the_old_one_on_the_secondary_until_the_lag_is_over() {
    clients.primary.adminSetUserPassword(
        r -> r.userPoolId(poolId).username("ada").password("New-Horse-8!").permanent(true));

    assertThat(signIn(RegionRole.SECONDARY)).isNotNull();
    assertThatThrownBy(() -> signIn(RegionRole.PRIMARY)).isInstanceOf(NotAuthorizedException.class);
    clock.advance(LAG);
    assertThatThrownBy(() -> signIn(RegionRole.SECONDARY))
        .isInstanceOf(NotAuthorizedException.class);
  }

  @Test
  void an_app_client_is_unknown_on_the_secondary_until_the_lag_is_over() {
    String clientId =
        clients
            .primary
            .createUserPoolClient(
                r ->
                    r.userPoolId(poolId)
                        .clientName("late")
                        .explicitAuthFlowsWithStrings("ALLOW_USER_PASSWORD_AUTH"))
            .userPoolClient()
            .clientId();

    assertThatThrownBy(() -> signInAt(RegionRole.SECONDARY, clientId))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("User pool client " + clientId + " does not exist.");
    clock.advance(LAG);
    signInAt(RegionRole.SECONDARY, clientId);
  }

  @Test
  void a_refresh_token_of_the_primary_works_on_the_secondary_when_the_lag_is_over() {
    String token = signIn(RegionRole.PRIMARY).refreshToken();

    assertThatThrownBy(() -> clients.refresh(RegionRole.SECONDARY, token))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Invalid Refresh Token");
    clock.advance(LAG);
    assertThat(clients.refresh(RegionRole.SECONDARY, token)).isNotNull();
  }

  @Test
  void a_refresh_token_of_the_secondary_works_on_the_primary_at_once() {
    String token = signIn(RegionRole.SECONDARY).refreshToken();

    assertThat(clients.refresh(RegionRole.PRIMARY, token)).isNotNull();
  }

  @Test
  void a_revocation_on_the_primary_reaches_the_secondary_with_the_lag() {
    String token = signIn(RegionRole.PRIMARY).refreshToken();
    clock.advance(LAG);
    revoke(RegionRole.PRIMARY, token);

    refreshRefused(RegionRole.PRIMARY, token);
    assertThat(clients.refresh(RegionRole.SECONDARY, token)).isNotNull();
    clock.advance(LAG);
    refreshRefused(RegionRole.SECONDARY, token);
  }

  @Test
  void a_revocation_on_the_secondary_does_not_reach_the_primary() {
    String token = signIn(RegionRole.SECONDARY).refreshToken();
    revoke(RegionRole.SECONDARY, token);

    refreshRefused(RegionRole.SECONDARY, token);
    clock.advance(Duration.ofDays(1));
    assertThat(clients.refresh(RegionRole.PRIMARY, token)).isNotNull();
  }

  @Test
  void a_revocation_on_the_secondary_reaches_the_primary_if_that_is_assumed() {
    stop();
    start(TestEmulators.builder().secondaryRevocationsReachPrimary(true));
    String token = signIn(RegionRole.SECONDARY).refreshToken();
    revoke(RegionRole.SECONDARY, token);

    assertThat(clients.refresh(RegionRole.PRIMARY, token)).isNotNull();
    clock.advance(LAG);
    refreshRefused(RegionRole.PRIMARY, token);
  }

  private AuthenticationResultType signIn(RegionRole role) {
    return clients.signIn(role, "ada", EmulatorClients.PASSWORD);
  }

  private void signInAt(RegionRole role, String clientId) {
    clients
        .in(role)
        .initiateAuth(
            r ->
                r.authFlow("USER_PASSWORD_AUTH")
                    .clientId(clientId)
                    .authParameters(
                        Map.of("USERNAME", "ada", "PASSWORD", EmulatorClients.PASSWORD)));
  }

  private void revoke(RegionRole role, String token) {
    clients.in(role).revokeToken(r -> r.clientId(clients.emulator.clientId()).token(token));
  }

  private void refreshRefused(RegionRole role, String token) {
    assertThatThrownBy(() -> clients.refresh(role, token))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Refresh Token has been revoked");
  }

  private void changeEmail(String email) {
    clients.primary.adminUpdateUserAttributes(
        r ->
            r.userPoolId(poolId)
                .username("ada")
                .userAttributes(EmulatorClients.attribute("email", email)));
  }

  private String emailOnSecondary(String username) {
    return clients
        .secondary
        .adminGetUser(r -> r.userPoolId(poolId).username(username))
        .userAttributes()
        .stream()
        .filter(attribute -> attribute.name().equals("email"))
        .map(AttributeType::value)
        .findFirst()
        .orElse("");
  }

  @Test
  void groups_second_factors_and_app_client_secrets_arrive_when_the_lag_is_over() {
    clients.primary.createGroup(r -> r.userPoolId(poolId).groupName("admins"));
    clients.primary.adminAddUserToGroup(
        r -> r.userPoolId(poolId).username("ada").groupName("admins"));
    clients.primary.adminSetUserMFAPreference(
        r -> r.userPoolId(poolId).username("ada").emailMfaSettings(s -> s.enabled(true)));
    String client =
        clients
            .primary
            .createUserPoolClient(r -> r.userPoolId(poolId).clientName("web").generateSecret(true))
            .userPoolClient()
            .clientId();
    clock.advance(LAG);
    clients.primary.addUserPoolClientSecret(r -> r.userPoolId(poolId).clientId(client));

    assertThat(
            clients
                .secondary
                .adminListGroupsForUser(r -> r.userPoolId(poolId).username("ada"))
                .groups())
        .hasSize(1);
    assertThat(
            clients
                .secondary
                .adminGetUser(r -> r.userPoolId(poolId).username("ada"))
                .userMFASettingList())
        .containsExactly("EMAIL_OTP");
    assertThat(secretsOnSecondary(client)).isEqualTo(1);
    clock.advance(LAG);
    assertThat(secretsOnSecondary(client)).isEqualTo(2);
  }

  private int secretsOnSecondary(String client) {
    return clients
        .secondary
        .listUserPoolClientSecrets(r -> r.userPoolId(poolId).clientId(client))
        .clientSecrets()
        .size();
  }
}
