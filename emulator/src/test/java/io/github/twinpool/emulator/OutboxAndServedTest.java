package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.SignInFixture.PASSWORD;
import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.twinpool.RegionRole;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;

/** Codes that were sent, accounts that are confirmed with them, and what was served. */
class OutboxAndServedTest {
  private final SignInFixture fixture = new SignInFixture();
  private final RawClient raw = new RawClient();

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void whoever_signs_up_confirms_with_the_code_that_was_sent_last() {
    fixture
        .primary()
        .signUp(
            r ->
                r.clientId(fixture.clientId)
                    .username("bob")
                    .password(PASSWORD)
                    .userAttributes(EmulatorClients.attribute("email", "bob@example.com")));
    fixture.primary().resendConfirmationCode(r -> r.clientId(fixture.clientId).username("bob"));
    assertThat(fixture.emulator.messages("bob"))
        .hasSize(2)
        .allSatisfy(message -> assertThat(message.destination()).isEqualTo("bob@example.com"));
    String code = fixture.lastCode("bob");
    assertThat(fixture.emulator.confirmationCode("bob")).hasValue(code);

    refused(
        () -> confirm("bob", SignInFixture.not(code)),
        "CodeMismatchException",
        "Invalid verification code provided, please try again.");
    confirm("bob", code);
    notAuthorized(
        () -> confirm("bob", code), "User cannot be confirmed. Current status is CONFIRMED");
    refused(
        () ->
            fixture
                .primary()
                .resendConfirmationCode(r -> r.clientId(fixture.clientId).username("bob")),
        "InvalidParameterException",
        "User is already confirmed.");
    assertThat(fixture.begin("USER_AUTH", Map.of("USERNAME", "bob")).availableChallengesAsStrings())
        .as("the address is verified now")
        .contains("EMAIL_OTP");
  }

  private void confirm(String username, String code) {
    fixture
        .primary()
        .confirmSignUp(r -> r.clientId(fixture.clientId).username(username).confirmationCode(code));
  }

  @Test
  void an_administrator_resets_a_password_and_signs_a_user_out() {
    AuthenticationResultType tokens = fixture.beginWithPassword().authenticationResult();
    fixture.primary().adminUserGlobalSignOut(r -> r.userPoolId(fixture.poolId).username("ada"));
    notAuthorized(
        () -> fixture.primary().getUser(r -> r.accessToken(tokens.accessToken())),
        "Access Token has been revoked");

    fixture.primary().adminResetUserPassword(r -> r.userPoolId(fixture.poolId).username("ada"));
    refused(
        fixture::beginWithPassword,
        "PasswordResetRequiredException",
        "Password reset required for the user");
    fixture
        .primary()
        .confirmForgotPassword(
            r ->
                r.clientId(fixture.clientId)
                    .username("ada")
                    .confirmationCode(fixture.lastCode("ada"))
                    .password(PASSWORD));
    assertThat(fixture.beginWithPassword().authenticationResult()).isNotNull();
  }

  @Test
  void tests_in_other_languages_read_the_messages_over_http() {
    fixture.emulator.createUser("a b/ü", PASSWORD, SignInFixture.ADA);
    fixture.primary().forgotPassword(r -> r.clientId(fixture.clientId).username("ada"));

    JsonNode message = messages(fixture.poolId + "/ada").json().path("messages").path(0);
    assertThat(message.path("code").asText()).isEqualTo(fixture.lastCode("ada"));
    assertThat(message.path("medium").asText()).isEqualTo("SMS");
    assertThat(message.path("sentBy").asText()).isEqualTo("PRIMARY");
    assertThat(message.path("destination").asText()).isEqualTo("+15555550100");
    assertThat(messages(fixture.poolId + "/a%20b%2F%C3%BC").json().path("messages")).isEmpty();
    assertThat(messages(fixture.poolId + "/nobody").json().path("messages")).isEmpty();
    for (String bad : new String[] {"", "x", "us-east-1_None/ada", fixture.poolId, "a/b/c"}) {
      assertThat(messages(bad).status()).as(bad).isEqualTo(404);
    }
  }

  private RawClient.Answer messages(String rest) {
    String endpoint = fixture.emulator.region(RegionRole.SECONDARY).endpoint().toString();
    return raw.get(URI.create(endpoint + "/_twinpool/messages/" + rest));
  }

  @Test
  void what_was_served_is_known_with_its_step_and_its_end() {
    fixture.beginWithPassword();
    assertThatThrownBy(
            () ->
                fixture.begin(
                    RegionRole.SECONDARY,
                    "USER_PASSWORD_AUTH",
                    Map.of("USERNAME", "ada", "PASSWORD", "wrong")))
        .isInstanceOf(NotAuthorizedException.class);
    raw.call(
        fixture.emulator.region(RegionRole.PRIMARY).endpoint(),
        "RespondToAuthChallenge",
        "{\"ChallengeName\":\"a secret in the wrong place\"}");
    raw.call(fixture.emulator.region(RegionRole.SECONDARY).endpoint(), "SignUp", "{}");

    assertThat(fixture.emulator.served())
        .containsExactly(
            new ServedCall(RegionRole.PRIMARY, "InitiateAuth", "USER_PASSWORD_AUTH", ""),
            new ServedCall(
                RegionRole.SECONDARY,
                "InitiateAuth",
                "USER_PASSWORD_AUTH",
                "NotAuthorizedException"),
            new ServedCall(
                RegionRole.PRIMARY, "RespondToAuthChallenge", "", "InvalidParameterException"),
            new ServedCall(RegionRole.SECONDARY, "SignUp", "", "OperationNotEnabledException"));
    assertThat(fixture.emulator.served().get(0).succeeded()).isTrue();
    assertThat(fixture.emulator.served().get(1).succeeded()).isFalse();
  }

  @Test
  void a_pool_whose_users_sign_in_with_addresses_calls_them_by_their_sub() {
    String pool =
        fixture
            .primary()
            .createUserPool(r -> r.poolName("mail").usernameAttributesWithStrings("email"))
            .userPool()
            .id();
    refused(
        () -> fixture.primary().adminCreateUser(r -> r.userPoolId(pool).username("bob")),
        "InvalidParameterException",
        "Username should be an email.");
    String username =
        fixture
            .primary()
            .adminCreateUser(r -> r.userPoolId(pool).username("bob@example.com"))
            .user()
            .username();
    assertThat(username).matches("[0-9a-f-]{36}");
    assertThat(
            fixture
                .primary()
                .adminGetUser(r -> r.userPoolId(pool).username("bob@example.com"))
                .username())
        .isEqualTo(username);
    refused(
        () ->
            fixture.primary().adminCreateUser(r -> r.userPoolId(pool).username("bob@example.com")),
        "UsernameExistsException",
        "An account with the given email already exists.");
  }

  @Test
  void a_user_of_the_test_needs_a_name_a_password_and_known_attributes() {
    for (String[] bad : new String[][] {{"", PASSWORD}, {"bob", ""}, {"ada", PASSWORD}}) {
      assertThatThrownBy(() -> fixture.emulator.createUser(bad[0], bad[1], Map.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> fixture.emulator.createUser("bob", PASSWORD, Map.of("shoe_size", "42")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shoe_size");
  }
}
