package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.attribute;
import static io.github.twinpool.emulator.SignInFixture.PASSWORD;
import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminGetUserResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;

/** Users who are disabled and deleted, and what the secondary sees of it. */
class UserStateTest {
  private final SignInFixture fixture = new SignInFixture();
  private final CognitoIdentityProviderClient primary = fixture.clients.primary;
  private final CognitoIdentityProviderClient secondary = fixture.clients.secondary;

  @AfterEach
  void stop() {
    fixture.close();
  }

  private AdminGetUserResponse ada(RegionRole role) {
    return fixture.clients.in(role).adminGetUser(r -> r.userPoolId(fixture.poolId).username("ada"));
  }

  private AuthenticationResultType signIn() {
    return fixture.beginWithPassword().authenticationResult();
  }

  private void disable() {
    primary.adminDisableUser(r -> r.userPoolId(fixture.poolId).username("ada"));
  }

  /** API reference, AdminDisableUser: it revokes all access tokens of the user. */
  @Test
  void a_disabled_user_cannot_sign_in_and_old_tokens_stay_revoked_when_enabled_again() {
    AuthenticationResultType tokens = signIn();
    disable();

    for (RegionRole role : RegionRole.values()) {
      assertThat(ada(role).enabled()).isFalse();
      notAuthorized(
          () ->
              fixture.begin(
                  role, "USER_PASSWORD_AUTH", Map.of("USERNAME", "ada", "PASSWORD", PASSWORD)),
          "User is disabled.");
      notAuthorized(
          () -> fixture.clients.in(role).getUser(r -> r.accessToken(tokens.accessToken())),
          "Access Token has been revoked");
      notAuthorized(
          () -> fixture.clients.refresh(role, tokens.refreshToken()),
          "Refresh Token has been revoked");
    }
    assertThat(
            secondary
                .listUsers(r -> r.userPoolId(fixture.poolId).filter("status = \"Disabled\""))
                .users())
        .hasSize(1);

    primary.adminEnableUser(r -> r.userPoolId(fixture.poolId).username("ada"));
    assertThat(ada(RegionRole.SECONDARY).enabled()).isTrue();
    notAuthorized(
        () -> fixture.clients.refresh(RegionRole.PRIMARY, tokens.refreshToken()),
        "Refresh Token has been revoked");
    assertThat(signIn()).isNotNull();
  }

  @Test
  void a_wrong_password_does_not_tell_that_a_user_is_disabled() {
    disable();

    notAuthorized(
        () ->
            fixture.begin(
                "USER_PASSWORD_AUTH", Map.of("USERNAME", "ada", "PASSWORD", "Wrong-Horse-7")),
        "Incorrect username or password.");
  }

  @Test
  void the_secondary_learns_of_a_disabled_user_after_the_lag() {
    AuthenticationResultType tokens = signIn();
    fixture.emulator.replicationLag(Duration.ofSeconds(5));
    disable();

    assertThat(ada(RegionRole.SECONDARY).enabled()).isTrue();
    assertThat(secondary.getUser(r -> r.accessToken(tokens.accessToken())).username())
        .isEqualTo("ada");
    fixture.clock.advance(Duration.ofSeconds(5));
    assertThat(ada(RegionRole.SECONDARY).enabled()).isFalse();
    notAuthorized(
        () -> secondary.getUser(r -> r.accessToken(tokens.accessToken())),
        "Access Token has been revoked");
  }

  @Test
  void a_deleted_user_is_unknown_in_both_regions_and_so_are_the_tokens() {
    AuthenticationResultType tokens = signIn();
    primary.adminDeleteUser(r -> r.userPoolId(fixture.poolId).username("ada"));

    for (RegionRole role : RegionRole.values()) {
      refused(() -> ada(role), "UserNotFoundException", "User does not exist.");
      refused(
          () -> fixture.clients.in(role).getUser(r -> r.accessToken(tokens.accessToken())),
          "UserNotFoundException",
          "User does not exist.");
      notAuthorized(
          () ->
              fixture.begin(
                  role, "USER_PASSWORD_AUTH", Map.of("USERNAME", "ada", "PASSWORD", PASSWORD)),
          "Incorrect username or password.");
      notAuthorized(
          () -> fixture.clients.refresh(role, tokens.refreshToken()),
          "Refresh Token has been revoked");
      assertThat(fixture.clients.in(role).listUsers(r -> r.userPoolId(fixture.poolId)).users())
          .isEmpty();
    }
  }

  @Test
  void users_delete_themselves_with_their_access_token() {
    String token = signIn().accessToken();

    primary.deleteUser(r -> r.accessToken(token));

    refused(() -> ada(RegionRole.PRIMARY), "UserNotFoundException", "User does not exist.");
    refused(
        () -> primary.deleteUser(r -> r.accessToken(token)),
        "UserNotFoundException",
        "User does not exist.");
    notAuthorized(() -> primary.deleteUser(r -> r.accessToken("a.b.c")), "Invalid Access Token");
  }

  @Test
  void who_is_given_the_name_of_a_deleted_user_gets_nothing_else_of_theirs() {
    AuthenticationResultType tokens = signIn();
    String group = "admins";
    primary.createGroup(r -> r.userPoolId(fixture.poolId).groupName(group));
    primary.adminAddUserToGroup(r -> r.userPoolId(fixture.poolId).username("ada").groupName(group));
    primary.forgotPassword(r -> r.clientId(fixture.clientId).username("ada"));
    String code = fixture.lastCode("ada");
    for (int i = 0; i < 5; i++) {
      notAuthorized(
          () ->
              fixture.begin(
                  "USER_PASSWORD_AUTH", Map.of("USERNAME", "ada", "PASSWORD", "Wrong-Horse-7")),
          "Incorrect username or password.");
    }
    primary.adminDeleteUser(r -> r.userPoolId(fixture.poolId).username("ada"));

    fixture.emulator.createUser("ada", PASSWORD, SignInFixture.ADA);

    assertThat(fixture.emulator.messages("ada")).isEmpty();
    refused(
        () ->
            primary.confirmForgotPassword(
                r ->
                    r.clientId(fixture.clientId)
                        .username("ada")
                        .confirmationCode(code)
                        .password(PASSWORD)),
        "ExpiredCodeException",
        "Invalid code provided, please request a code again.");
    refused(
        () -> primary.getUser(r -> r.accessToken(tokens.accessToken())),
        "UserNotFoundException",
        "User does not exist.");
    notAuthorized(
        () -> fixture.clients.refresh(RegionRole.PRIMARY, tokens.refreshToken()),
        "Refresh Token has been revoked");
    assertThat(
            primary
                .adminListGroupsForUser(r -> r.userPoolId(fixture.poolId).username("ada"))
                .groups())
        .isEmpty();
    assertThat(signIn()).as("the lockout is not inherited").isNotNull();
  }

  @Test
  void the_aliases_of_a_deleted_user_are_free_again() {
    OwnPool own = OwnPool.of(fixture.clients, r -> r.aliasAttributesWithStrings("email"));
    Map<String, String> address = Map.of("email", "ada@example.com", "email_verified", "true");
    own.user("ada", address);
    primary.adminDeleteUser(r -> r.userPoolId(own.id()).username("ada@example.com"));

    own.user("bob", address);

    String token = own.signIn("ada@example.com").idToken();
    assertThat(OwnPool.claims(token).getClaim("cognito:username")).isEqualTo("bob");
  }

  private static List<String> names(List<AttributeType> attributes) {
    return attributes.stream().map(AttributeType::name).toList();
  }

  @Test
  void attributes_are_deleted_and_an_address_takes_its_flag_along() {
    primary.adminUpdateUserAttributes(
        r ->
            r.userPoolId(fixture.poolId)
                .username("ada")
                .userAttributes(attribute("nickname", "A"), attribute("given_name", "Ada")));
    primary.adminDeleteUserAttributes(
        r ->
            r.userPoolId(fixture.poolId)
                .username("ada")
                .userAttributeNames("nickname", "phone_number"));
    assertThat(names(ada(RegionRole.SECONDARY).userAttributes()))
        .containsExactlyInAnyOrder("sub", "email", "email_verified", "given_name");

    String token = signIn().accessToken();
    primary.deleteUserAttributes(r -> r.accessToken(token).userAttributeNames("given_name"));
    assertThat(names(primary.getUser(r -> r.accessToken(token)).userAttributes()))
        .containsExactlyInAnyOrder("sub", "email", "email_verified");
  }

  /** The text is what getmoto/moto's tests have from Cognito. */
  @Test
  void attributes_that_the_pool_does_not_have_cannot_be_deleted_and_nothing_else_is() {
    refused(
        () ->
            primary.adminDeleteUserAttributes(
                r ->
                    r.userPoolId(fixture.poolId)
                        .username("ada")
                        .userAttributeNames("email", "custom:foo", "custom:bar")),
        "InvalidParameterException",
        """
        Invalid user attributes: user.custom:foo: Attribute does not exist in the schema.
        user.custom:bar: Attribute does not exist in the schema.
        """);
    assertThat(names(ada(RegionRole.PRIMARY).userAttributes())).contains("email");
    refused(
        () ->
            primary.adminDeleteUserAttributes(
                r -> r.userPoolId(fixture.poolId).username("nobody").userAttributeNames("email")),
        "UserNotFoundException",
        "User does not exist.");
    refused(
        () ->
            primary.adminDeleteUserAttributes(
                r -> r.userPoolId(fixture.poolId).username("ada").userAttributeNames("sub")),
        "InvalidParameterException",
        "Cannot modify the non-mutable attribute sub");
    String token = signIn().accessToken();
    notAuthorized(
        () ->
            primary.deleteUserAttributes(
                r -> r.accessToken(token).userAttributeNames("email_verified")),
        "A client attempted to write unauthorized attribute");
  }

  @Test
  void unknown_users_and_pools_are_refused_by_every_operation() {
    List<Consumer<String[]>> operations =
        List.of(
            it -> primary.adminDisableUser(r -> r.userPoolId(it[0]).username(it[1])),
            it -> primary.adminEnableUser(r -> r.userPoolId(it[0]).username(it[1])),
            it -> primary.adminDeleteUser(r -> r.userPoolId(it[0]).username(it[1])));
    for (Consumer<String[]> operation : operations) {
      refused(
          () -> operation.accept(new String[] {fixture.poolId, "nobody"}),
          "UserNotFoundException",
          "User does not exist.");
      refused(
          () -> operation.accept(new String[] {"us-east-1_None", "ada"}),
          "ResourceNotFoundException",
          "User pool us-east-1_None does not exist.");
    }
  }

  /** Facts page, "What the secondary serves". */
  @Test
  void the_secondary_serves_none_of_this() {
    String token = signIn().accessToken();
    Map<String, Runnable> operations =
        Map.of(
            "AdminDisableUser",
            () -> secondary.adminDisableUser(r -> r.userPoolId(fixture.poolId).username("ada")),
            "AdminEnableUser",
            () -> secondary.adminEnableUser(r -> r.userPoolId(fixture.poolId).username("ada")),
            "AdminDeleteUser",
            () -> secondary.adminDeleteUser(r -> r.userPoolId(fixture.poolId).username("ada")),
            "AdminDeleteUserAttributes",
            () ->
                secondary.adminDeleteUserAttributes(
                    r -> r.userPoolId(fixture.poolId).username("ada").userAttributeNames("name")),
            "DeleteUser",
            () -> secondary.deleteUser(r -> r.accessToken(token)),
            "DeleteUserAttributes",
            () ->
                secondary.deleteUserAttributes(
                    r -> r.accessToken(token).userAttributeNames("name")));
    operations.forEach(
        (name, operation) ->
            refused(
                operation::run,
                "OperationNotEnabledException",
                name + " is not enabled in us-west-2."));
    assertThat(signIn()).isNotNull();
  }
}
