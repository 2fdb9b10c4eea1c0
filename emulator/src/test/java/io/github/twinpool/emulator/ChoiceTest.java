package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.SignInFixture.PASSWORD;
import static io.github.twinpool.emulator.SignInFixture.not;
import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;

/** The flow USER_AUTH. */
class ChoiceTest {
  private static final String SELECT = "SELECT_CHALLENGE";

  private final SignInFixture fixture = new SignInFixture();

  @AfterEach
  void stop() {
    fixture.close();
  }

  private InitiateAuthResponse begin(Map<String, String> more) {
    return fixture.begin("USER_AUTH", SignInFixture.with(more, "USERNAME", "ada"));
  }

  private RespondToAuthChallengeResponse select(String session, Map<String, String> more) {
    return fixture.answer(SELECT, session, SignInFixture.with(more, "USERNAME", "ada"));
  }

  @Test
  void without_a_preference_the_choice_is_shown() {
    InitiateAuthResponse begun = begin(Map.of());

    assertThat(begun.challengeNameAsString()).isEqualTo(SELECT);
    assertThat(begun.availableChallengesAsStrings())
        .containsExactly("PASSWORD", "PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP");
    assertThat(begun.session()).isNotBlank();
  }

  @Test
  void a_user_without_verified_addresses_has_a_password_only_and_a_preference_that_cannot_be_had() {
    fixture.emulator.createUser("bob", PASSWORD, Map.of("email", "bob@example.com"));

    assertThat(
            fixture
                .begin("USER_AUTH", Map.of("USERNAME", "bob", "PREFERRED_CHALLENGE", "EMAIL_OTP"))
                .availableChallengesAsStrings())
        .containsExactly("PASSWORD", "PASSWORD_SRP");
  }

  @ParameterizedTest
  @CsvSource({"EMAIL_OTP, a***@e***", "SMS_OTP, +*******0100"})
  void a_code_signs_in_once(String challenge, String destination) {
    InitiateAuthResponse begun = begin(Map.of("PREFERRED_CHALLENGE", challenge));
    assertThat(begun.challengeNameAsString()).isEqualTo(challenge);
    assertThat(begun.challengeParameters()).containsEntry("CODE_DELIVERY_DESTINATION", destination);
    String code = fixture.lastCode("ada");
    assertThat(code).matches("[0-9]{8}");

    refused(
        () -> code(challenge, begun.session(), not(code)),
        "CodeMismatchException",
        "Invalid code or auth state for the user.");
    assertThat(code(challenge, begun.session(), code).authenticationResult()).isNotNull();
    notAuthorized(
        () -> code(challenge, begun.session(), code),
        "Invalid session for the user, session can only be used once.");
    String later = select(begin(Map.of()).session(), Map.of("ANSWER", challenge)).session();
    refused(
        () -> code(challenge, later, code),
        "CodeMismatchException",
        "Invalid code or auth state for the user.");
    assertThat(code(challenge, later, fixture.lastCode("ada")).authenticationResult()).isNotNull();
  }

  private RespondToAuthChallengeResponse code(String challenge, String session, String code) {
    return fixture.answer(challenge, session, Map.of("USERNAME", "ada", challenge + "_CODE", code));
  }

  @Test
  void a_password_may_come_at_once_with_the_choice_or_when_it_is_asked_for() {
    assertThat(
            begin(Map.of("PREFERRED_CHALLENGE", "PASSWORD", "PASSWORD", PASSWORD))
                .authenticationResult())
        .isNotNull();

    String session = begin(Map.of()).session();
    notAuthorized(
        () -> select(session, Map.of("ANSWER", "PASSWORD", "PASSWORD", "wrong")),
        "Incorrect username or password.");
    assertThat(
            select(session, Map.of("ANSWER", "PASSWORD", "PASSWORD", PASSWORD))
                .authenticationResult())
        .isNotNull();

    InitiateAuthResponse asked = begin(Map.of("PREFERRED_CHALLENGE", "PASSWORD"));
    assertThat(asked.challengeNameAsString()).isEqualTo("PASSWORD");
    assertThat(
            fixture
                .answer(
                    "PASSWORD", asked.session(), Map.of("USERNAME", "ada", "PASSWORD", PASSWORD))
                .authenticationResult())
        .isNotNull();
  }

  @Test
  void srp_may_come_at_once_with_the_choice_or_when_it_is_asked_for() {
    SrpClient srp = new SrpClient();
    InitiateAuthResponse atOnce =
        begin(Map.of("PREFERRED_CHALLENGE", "PASSWORD_SRP", "SRP_A", srp.publicA()));
    assertThat(atOnce.challengeNameAsString()).isEqualTo("PASSWORD_VERIFIER");
    prove(srp, atOnce.challengeParameters(), atOnce.session());

    RespondToAuthChallengeResponse chosen =
        select(begin(Map.of()).session(), Map.of("ANSWER", "PASSWORD_SRP", "SRP_A", srp.publicA()));
    prove(srp, chosen.challengeParameters(), chosen.session());

    InitiateAuthResponse asked = begin(Map.of("PREFERRED_CHALLENGE", "PASSWORD_SRP"));
    assertThat(asked.challengeNameAsString()).isEqualTo("PASSWORD_SRP");
    RespondToAuthChallengeResponse answered =
        fixture.answer(
            "PASSWORD_SRP", asked.session(), Map.of("USERNAME", "ada", "SRP_A", srp.publicA()));
    refused(
        () -> prove(srp, answered.challengeParameters(), null),
        "InvalidParameterException",
        "Missing required parameter Session");
    notAuthorized(
        () -> prove(srp, answered.challengeParameters(), chosen.session()),
        "Invalid session for the user.");
    prove(srp, answered.challengeParameters(), answered.session());
  }

  private void prove(SrpClient srp, Map<String, String> challenge, String session) {
    Map<String, String> proof =
        srp.prove(challenge, fixture.poolName(), "ada", PASSWORD, fixture.clock.instant());
    assertThat(fixture.answer("PASSWORD_VERIFIER", session, proof).authenticationResult())
        .isNotNull();
  }

  @Test
  void what_is_not_available_cannot_be_chosen_and_the_session_stays_usable() {
    String session = begin(Map.of()).session();

    refused(
        () -> select(session, Map.of("ANSWER", "WEB_AUTHN")),
        "InvalidParameterException",
        "The selected challenge is not available for the user.");
    refused(
        () -> select(session, Map.of()),
        "InvalidParameterException",
        "Missing required parameter ANSWER");
    refused(
        () -> select(session, Map.of("ANSWER", "PASSWORD_SRP")),
        "InvalidParameterException",
        "Missing required parameter SRP_A");
    select(session, Map.of("ANSWER", "PASSWORD", "PASSWORD", PASSWORD));
    refused(
        () -> begin(Map.of("PREFERRED_CHALLENGE", "MAGIC")),
        "InvalidParameterException",
        "PREFERRED_CHALLENGE is none of [EMAIL_OTP, PASSWORD, PASSWORD_SRP, SMS_OTP, WEB_AUTHN].");
  }

  @Test
  void whoever_uses_a_second_factor_begins_with_the_password() {
    fixture.mfa(UserPoolMfaType.OPTIONAL);
    fixture
        .primary()
        .adminSetUserMFAPreference(
            r -> r.userPoolId(fixture.poolId).username("ada").smsMfaSettings(s -> s.enabled(true)));

    assertThat(begin(Map.of()).availableChallengesAsStrings())
        .containsExactly("PASSWORD", "PASSWORD_SRP");
    assertThat(
            begin(Map.of("PREFERRED_CHALLENGE", "PASSWORD", "PASSWORD", PASSWORD))
                .challengeNameAsString())
        .isEqualTo("SMS_MFA");
  }

  @Test
  void an_unknown_user_seems_to_get_a_code() {
    InitiateAuthResponse begun =
        fixture.begin(
            "USER_AUTH", Map.of("USERNAME", "nobody", "PREFERRED_CHALLENGE", "EMAIL_OTP"));

    assertThat(begun.challengeNameAsString()).isEqualTo("EMAIL_OTP");
    assertThat(begun.challengeParameters()).containsEntry("CODE_DELIVERY_DESTINATION", "n***@n***");
    refused(
        () ->
            fixture.answer(
                "EMAIL_OTP",
                begun.session(),
                Map.of("USERNAME", "nobody", "EMAIL_OTP_CODE", "12345678")),
        "CodeMismatchException",
        "Invalid code or auth state for the user.");
    assertThat(fixture.emulator.messages("nobody")).isEmpty();
  }
}
