package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.SignInFixture.PASSWORD;
import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;

class NewPasswordTest {
  private static final String CHALLENGE = "NEW_PASSWORD_REQUIRED";
  private static final Map<String, String> RIGHT =
      Map.of("USERNAME", "bob", "NEW_PASSWORD", "Other-Horse-8", "userAttributes.nickname", "B");

  private final SignInFixture fixture = new SignInFixture();

  @BeforeEach
  void invite() {
    fixture
        .primary()
        .adminCreateUser(
            r ->
                r.userPoolId(fixture.poolId)
                    .username("bob")
                    .temporaryPassword(PASSWORD)
                    .userAttributes(
                        EmulatorClients.attribute("email", "bob@example.com"),
                        EmulatorClients.attribute("email_verified", "true")));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private InitiateAuthResponse begin(RegionRole role) {
    return fixture.begin(
        role, "USER_PASSWORD_AUTH", Map.of("USERNAME", "bob", "PASSWORD", PASSWORD));
  }

  @Test
  void a_temporary_password_is_replaced_and_attributes_with_it() {
    InitiateAuthResponse begun = begin(RegionRole.PRIMARY);
    assertThat(begun.challengeNameAsString()).isEqualTo(CHALLENGE);
    assertThat(begun.challengeParameters())
        .containsEntry("USER_ID_FOR_SRP", "bob")
        .containsEntry("requiredAttributes", "[]")
        .hasEntrySatisfying("userAttributes", it -> assertThat(it).contains("bob@example.com"));

    String token =
        fixture.answer(CHALLENGE, begun.session(), RIGHT).authenticationResult().accessToken();
    assertThat(fixture.primary().getUser(r -> r.accessToken(token)).userAttributes())
        .anySatisfy(attribute -> assertThat(attribute.value()).isEqualTo("B"));
    notAuthorized(() -> begin(RegionRole.PRIMARY), "Incorrect username or password.");
    notAuthorized(
        () -> fixture.answer(CHALLENGE, begun.session(), RIGHT),
        "Invalid session for the user, session can only be used once.");
  }

  @Test
  void what_the_policy_or_the_schema_refuses_leaves_the_session_usable() {
    String session = begin(RegionRole.PRIMARY).session();

    refused(
        () ->
            fixture.answer(CHALLENGE, session, SignInFixture.with(RIGHT, "NEW_PASSWORD", "simple")),
        "InvalidPasswordException",
        "Password did not conform with policy: Password not long enough");
    refused(
        () -> fixture.answer(CHALLENGE, session, SignInFixture.without(RIGHT, "NEW_PASSWORD")),
        "InvalidParameterException",
        "Missing required parameter NEW_PASSWORD");
    refused(
        () ->
            fixture.answer(
                CHALLENGE, session, SignInFixture.with(RIGHT, "userAttributes.email", "x")),
        "InvalidParameterException",
        "Invalid email address format.");
    notAuthorized(
        () ->
            fixture.answer(
                CHALLENGE,
                session,
                SignInFixture.with(RIGHT, "userAttributes.email_verified", "true")),
        "A client attempted to write unauthorized attribute");
    fixture.answer(CHALLENGE, session, RIGHT);
  }

  @Test
  void a_second_factor_may_follow() {
    fixture.mfa(UserPoolMfaType.ON);

    assertThat(
            fixture
                .answer(CHALLENGE, begin(RegionRole.PRIMARY).session(), RIGHT)
                .challengeNameAsString())
        .isEqualTo("EMAIL_OTP");
  }

  @Test
  void the_secondary_asks_and_declines_the_answer() {
    InitiateAuthResponse begun = begin(RegionRole.SECONDARY);

    assertThat(begun.challengeNameAsString()).isEqualTo(CHALLENGE);
    refused(
        () -> fixture.answer(RegionRole.SECONDARY, CHALLENGE, begun.session(), RIGHT),
        "OperationNotEnabledException",
        "NEW_PASSWORD_REQUIRED is not enabled in us-west-2.");
  }

  @Test
  void the_secondary_takes_the_answer_if_it_is_told_to() {
    try (SignInFixture told = new SignInFixture(b -> b.challengeWritesOnSecondary(true))) {
      told.primary()
          .adminSetUserPassword(
              r -> r.userPoolId(told.poolId).username("ada").password("Temp-Horse-1"));
      InitiateAuthResponse begun =
          told.begin(
              RegionRole.SECONDARY,
              "USER_PASSWORD_AUTH",
              Map.of("USERNAME", "ada", "PASSWORD", "Temp-Horse-1"));
      told.answer(
          RegionRole.SECONDARY,
          CHALLENGE,
          begun.session(),
          Map.of("USERNAME", "ada", "NEW_PASSWORD", PASSWORD));
      assertThat(told.beginWithPassword().authenticationResult()).isNotNull();
    }
  }
}
