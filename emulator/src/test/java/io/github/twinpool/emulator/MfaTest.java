package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.SignInFixture.PASSWORD;
import static io.github.twinpool.emulator.SignInFixture.not;
import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AssociateSoftwareTokenResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetUserPoolMfaConfigResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifySoftwareTokenResponse;

class MfaTest {
  private static final String TOTP = "SOFTWARE_TOKEN_MFA";
  private static final String ONCE = "Invalid session for the user, session can only be used once.";

  private SignInFixture fixture = new SignInFixture();

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void restart(UnaryOperator<CognitoEmulator.Builder> settings) {
    fixture.close();
    fixture = new SignInFixture(settings);
  }

  private String accessToken() {
    return fixture.beginWithPassword().authenticationResult().accessToken();
  }

  /** Sets TOTP up for ada and lets the code's 30 seconds pass. */
  private String setUpTotp() {
    fixture.mfa(UserPoolMfaType.OPTIONAL);
    String token = accessToken();
    String secret =
        fixture.primary().associateSoftwareToken(r -> r.accessToken(token)).secretCode();
    VerifySoftwareTokenResponse verified =
        fixture
            .primary()
            .verifySoftwareToken(r -> r.accessToken(token).userCode(fixture.totp(secret)));
    assertThat(verified.statusAsString()).isEqualTo("SUCCESS");
    fixture
        .primary()
        .setUserMFAPreference(
            r ->
                r.accessToken(token)
                    .softwareTokenMfaSettings(s -> s.enabled(true).preferredMfa(true)));
    fixture.clock.advance(Duration.ofSeconds(60));
    return secret;
  }

  private RespondToAuthChallengeResponse sendTotp(String session, String code) {
    return fixture.answer(
        TOTP, session, Map.of("USERNAME", "ada", "SOFTWARE_TOKEN_MFA_CODE", code));
  }

  @ParameterizedTest
  @CsvSource({"59, 287082", "1111111109, 081804", "1234567890, 005924", "20000000000, 353130"})
  void codes_are_those_of_rfc_6238(long time, String code) {
    assertThat(Totp.code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", time / 30)).isEqualTo(code);
  }

  @Test
  void totp_is_set_up_asked_for_and_good_once() {
    String secret = setUpTotp();
    InitiateAuthResponse begun = fixture.beginWithPassword();

    assertThat(begun.challengeNameAsString()).isEqualTo(TOTP);
    assertThat(begun.challengeParameters()).containsOnlyKeys("USER_ID_FOR_SRP");
    assertThat(begun.session().length()).isBetween(1_300, 2_048);
    String code = fixture.totp(secret);
    assertThat(sendTotp(begun.session(), code).authenticationResult().accessToken()).isNotBlank();

    notAuthorized(() -> sendTotp(begun.session(), code), ONCE);
    String next = fixture.beginWithPassword().session();
    refused(
        () -> sendTotp(next, code),
        "ExpiredCodeException",
        "Your software token has already been used once.");
    fixture.clock.advance(Duration.ofSeconds(30));
    sendTotp(next, fixture.totp(secret));
  }

  @Test
  void a_wrong_code_leaves_the_session_usable_and_one_step_either_way_is_let_pass() {
    String secret = setUpTotp();
    String session = fixture.beginWithPassword().session();
    long step = fixture.clock.instant().getEpochSecond() / 30;

    for (String wrong :
        new String[] {
          not(fixture.totp(secret)),
          "abc",
          "1",
          Totp.code(secret, step - 2),
          Totp.code(secret, step + 2)
        }) {
      refused(
          () -> sendTotp(session, wrong),
          "CodeMismatchException",
          "Invalid code received for user");
    }
    sendTotp(session, Totp.code(secret, step - 1));
    sendTotp(fixture.beginWithPassword().session(), Totp.code(secret, step + 1));
  }

  @Test
  void a_session_expires_and_is_bound_to_client_user_challenge_and_region() {
    String secret = setUpTotp();
    String invalid = "Invalid session for the user.";
    String session = fixture.beginWithPassword().session();
    fixture.emulator.createUser("bob", PASSWORD);
    String other =
        fixture
            .primary()
            .createUserPoolClient(r -> r.userPoolId(fixture.poolId).clientName("other"))
            .userPoolClient()
            .clientId();
    Map<String, String> right =
        Map.of("USERNAME", "ada", "SOFTWARE_TOKEN_MFA_CODE", fixture.totp(secret));

    notAuthorized(
        () ->
            fixture
                .primary()
                .respondToAuthChallenge(
                    r ->
                        r.clientId(other)
                            .session(session)
                            .challengeName(TOTP)
                            .challengeResponses(right)),
        invalid);
    notAuthorized(
        () -> fixture.answer(TOTP, session, SignInFixture.with(right, "USERNAME", "bob")), invalid);
    notAuthorized(
        () ->
            fixture.answer("SMS_MFA", session, Map.of("USERNAME", "ada", "SMS_MFA_CODE", "123456")),
        invalid);
    notAuthorized(() -> fixture.answer(TOTP, "x".repeat(1_500), right), invalid);
    refused(
        () -> fixture.answer(TOTP, null, right),
        "InvalidParameterException",
        "Missing required parameter Session");
    refused(
        () -> fixture.answer(TOTP, session, Map.of("USERNAME", "ada")),
        "InvalidParameterException",
        "Missing required parameter SOFTWARE_TOKEN_MFA_CODE");
    fixture.clock.advance(Duration.ofMinutes(3));
    notAuthorized(
        () -> fixture.answer(TOTP, session, right),
        "Invalid session for the user, session is expired.");
  }

  @Test
  void the_secondary_asks_for_totp_and_declines_the_answer() {
    String secret = setUpTotp();
    InitiateAuthResponse begun =
        fixture.begin(
            RegionRole.SECONDARY,
            "USER_PASSWORD_AUTH",
            Map.of("USERNAME", "ada", "PASSWORD", PASSWORD));

    assertThat(begun.challengeNameAsString()).isEqualTo(TOTP);
    refused(
        () ->
            fixture.answer(
                RegionRole.SECONDARY,
                TOTP,
                begun.session(),
                Map.of("USERNAME", "ada", "SOFTWARE_TOKEN_MFA_CODE", fixture.totp(secret))),
        "OperationNotEnabledException",
        "SOFTWARE_TOKEN_MFA is not enabled in us-west-2.");
  }

  @Test
  void the_secondary_takes_totp_if_it_is_told_to() {
    restart(builder -> builder.totpOnSecondary(true));
    String secret = setUpTotp();
    InitiateAuthResponse begun =
        fixture.begin(
            RegionRole.SECONDARY,
            "USER_PASSWORD_AUTH",
            Map.of("USERNAME", "ada", "PASSWORD", PASSWORD));
    Map<String, String> right =
        Map.of("USERNAME", "ada", "SOFTWARE_TOKEN_MFA_CODE", fixture.totp(secret));

    assertThat(
            fixture
                .answer(RegionRole.SECONDARY, TOTP, begun.session(), right)
                .authenticationResult())
        .isNotNull();
  }

  @Test
  void a_code_by_sms_is_sent_by_the_region_at_hand_and_good_there() {
    fixture.mfa(UserPoolMfaType.OPTIONAL);
    fixture
        .primary()
        .adminSetUserMFAPreference(
            r -> r.userPoolId(fixture.poolId).username("ada").smsMfaSettings(s -> s.enabled(true)));
    InitiateAuthResponse begun =
        fixture.begin(
            RegionRole.SECONDARY,
            "USER_PASSWORD_AUTH",
            Map.of("USERNAME", "ada", "PASSWORD", PASSWORD));

    assertThat(begun.challengeNameAsString()).isEqualTo("SMS_MFA");
    assertThat(begun.challengeParameters())
        .containsEntry("CODE_DELIVERY_DELIVERY_MEDIUM", "SMS")
        .containsEntry("CODE_DELIVERY_DESTINATION", "+*******0100")
        .containsEntry("USER_ID_FOR_SRP", "ada");
    assertThat(fixture.emulator.messages("ada"))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.sentBy()).isEqualTo(RegionRole.SECONDARY);
              assertThat(message.medium()).isEqualTo(SentMessage.Medium.SMS);
              assertThat(message.destination()).isEqualTo("+15555550100");
              assertThat(message.code()).matches("[0-9]{6}");
              assertThat(message.sentAt()).isEqualTo(fixture.clock.instant());
              assertThat(message.toString()).doesNotContain(message.code());
            });
    String code = fixture.lastCode("ada");
    Map<String, String> right = Map.of("USERNAME", "ada", "SMS_MFA_CODE", code);
    notAuthorized(
        () -> fixture.answer("SMS_MFA", begun.session(), right), "Invalid session for the user.");
    refused(
        () ->
            fixture.answer(
                RegionRole.SECONDARY,
                "SMS_MFA",
                begun.session(),
                SignInFixture.with(right, "SMS_MFA_CODE", not(code))),
        "CodeMismatchException",
        "Invalid code or auth state for the user.");
    fixture.answer(RegionRole.SECONDARY, "SMS_MFA", begun.session(), right);
    assertThat(fixture.emulator.duplicates())
        .as("the same answer was sent to both Regions")
        .isEqualTo(1);
    notAuthorized(
        () -> fixture.answer(RegionRole.SECONDARY, "SMS_MFA", begun.session(), right), ONCE);
    assertThat(fixture.emulator.duplicates()).isEqualTo(2);
  }

  @Test
  void a_pool_that_insists_uses_the_verified_addresses_and_lets_choose() {
    fixture.mfa(UserPoolMfaType.ON);
    InitiateAuthResponse begun = fixture.beginWithPassword();

    assertThat(begun.challengeNameAsString()).isEqualTo("SELECT_MFA_TYPE");
    assertThat(begun.challengeParameters())
        .containsEntry("MFAS_CAN_CHOOSE", "[\"SMS_MFA\",\"EMAIL_OTP\"]");
    assertThat(fixture.emulator.messages("ada")).isEmpty();
    refused(
        () ->
            fixture.answer(
                "SELECT_MFA_TYPE", begun.session(), Map.of("USERNAME", "ada", "ANSWER", TOTP)),
        "InvalidParameterException",
        "Invalid MFA type selected for the user.");
    RespondToAuthChallengeResponse chosen =
        fixture.answer(
            "SELECT_MFA_TYPE", begun.session(), Map.of("USERNAME", "ada", "ANSWER", "EMAIL_OTP"));
    assertThat(chosen.challengeNameAsString()).isEqualTo("EMAIL_OTP");
    assertThat(chosen.challengeParameters())
        .containsEntry("CODE_DELIVERY_DESTINATION", "a***@e***");
    assertThat(fixture.lastCode("ada")).matches("[0-9]{8}");
    assertThat(
            fixture
                .answer(
                    "EMAIL_OTP",
                    chosen.session(),
                    Map.of("USERNAME", "ada", "EMAIL_OTP_CODE", fixture.lastCode("ada")))
                .authenticationResult())
        .isNotNull();
  }

  @Test
  void a_user_without_a_factor_sets_one_up_in_the_middle_of_the_sign_in() {
    fixture.mfa(UserPoolMfaType.ON);
    fixture.emulator.createUser("bob", PASSWORD, Map.of());
    InitiateAuthResponse begun =
        fixture.begin("USER_PASSWORD_AUTH", Map.of("USERNAME", "bob", "PASSWORD", PASSWORD));
    assertThat(begun.challengeNameAsString()).isEqualTo("MFA_SETUP");
    assertThat(begun.challengeParameters())
        .containsEntry("MFAS_CAN_SETUP", "[\"SMS_MFA\",\"SOFTWARE_TOKEN_MFA\",\"EMAIL_OTP\"]");

    AssociateSoftwareTokenResponse associated =
        fixture.primary().associateSoftwareToken(r -> r.session(begun.session()));
    assertThat(associated.secretCode()).matches("[A-Z2-7]{52}");
    notAuthorized(
        () -> fixture.primary().associateSoftwareToken(r -> r.session(begun.session())), ONCE);
    String code = fixture.totp(associated.secretCode());
    refused(
        () ->
            fixture
                .primary()
                .verifySoftwareToken(r -> r.session(associated.session()).userCode(not(code))),
        "EnableSoftwareTokenMFAException",
        "Code mismatch");
    notAuthorized(
        () -> fixture.answer("MFA_SETUP", associated.session(), Map.of("USERNAME", "bob")),
        "Invalid session for the user.");
    String verified =
        fixture
            .primary()
            .verifySoftwareToken(r -> r.session(associated.session()).userCode(code))
            .session();
    RespondToAuthChallengeResponse done =
        fixture.answer("MFA_SETUP", verified, Map.of("USERNAME", "bob"));

    String token = done.authenticationResult().accessToken();
    assertThat(fixture.primary().getUser(r -> r.accessToken(token)))
        .satisfies(
            user -> {
              assertThat(user.preferredMfaSetting()).isEqualTo(TOTP);
              assertThat(user.userMFASettingList()).containsExactly(TOTP);
            });
    assertThat(fixture.primary().getUserAuthFactors(r -> r.accessToken(token)))
        .satisfies(
            factors -> {
              assertThat(factors.preferredMfaSetting()).isEqualTo(TOTP);
              assertThat(factors.configuredUserAuthFactorsAsStrings()).containsExactly("PASSWORD");
            });
  }

  @Test
  void the_secondary_declines_to_set_a_factor_up() {
    fixture.mfa(UserPoolMfaType.ON);
    fixture.emulator.createUser("bob", PASSWORD, Map.of());
    InitiateAuthResponse begun =
        fixture.begin(
            RegionRole.SECONDARY,
            "USER_PASSWORD_AUTH",
            Map.of("USERNAME", "bob", "PASSWORD", PASSWORD));

    assertThat(begun.challengeNameAsString()).isEqualTo("MFA_SETUP");
    refused(
        () ->
            fixture.answer(
                RegionRole.SECONDARY, "MFA_SETUP", begun.session(), Map.of("USERNAME", "bob")),
        "OperationNotEnabledException",
        "MFA_SETUP is not enabled in us-west-2.");
  }

  @Test
  void preferences_must_be_possible() {
    String invalid = "InvalidParameterException";
    fixture.emulator.createUser("bob", PASSWORD, Map.of());
    String token =
        fixture
            .begin("USER_PASSWORD_AUTH", Map.of("USERNAME", "bob", "PASSWORD", PASSWORD))
            .authenticationResult()
            .accessToken();
    refused(
        () ->
            fixture
                .primary()
                .setUserMFAPreference(
                    r -> r.accessToken(token).smsMfaSettings(s -> s.enabled(true))),
        invalid,
        "User does not have delivery config set to turn on SMS_MFA");
    refused(
        () ->
            fixture
                .primary()
                .setUserMFAPreference(
                    r -> r.accessToken(token).softwareTokenMfaSettings(s -> s.enabled(true))),
        invalid,
        "User has not verified software token mfa");
    refused(
        () ->
            fixture
                .primary()
                .setUserMFAPreference(
                    r -> r.accessToken(token).emailMfaSettings(s -> s.preferredMfa(true))),
        invalid,
        "EMAIL_OTP must be enabled to be preferred.");
    refused(
        () ->
            fixture
                .primary()
                .adminSetUserMFAPreference(
                    r ->
                        r.userPoolId(fixture.poolId)
                            .username("ada")
                            .smsMfaSettings(s -> s.enabled(true).preferredMfa(true))
                            .emailMfaSettings(s -> s.enabled(true).preferredMfa(true))),
        invalid,
        "Only one MFA method can be preferred.");
    refused(
        () -> fixture.primary().associateSoftwareToken(r -> {}),
        invalid,
        "Either accessToken or session must be provided.");
    refused(
        () -> fixture.primary().verifySoftwareToken(r -> r.accessToken(token).userCode("123456")),
        "SoftwareTokenMFANotFoundException",
        "Software token MFA not found for the user.");
  }

  @Test
  void the_pool_says_what_it_was_told_and_wants_at_least_one_factor() {
    refused(
        () ->
            fixture
                .primary()
                .setUserPoolMfaConfig(r -> r.userPoolId(fixture.poolId).mfaConfiguration("ON")),
        "InvalidParameterException",
        "Invalid MFA configuration given, at least one MFA method should be provided.");
    fixture.mfa(UserPoolMfaType.OPTIONAL);

    GetUserPoolMfaConfigResponse known =
        fixture.primary().getUserPoolMfaConfig(r -> r.userPoolId(fixture.poolId));
    assertThat(known.mfaConfigurationAsString()).isEqualTo("OPTIONAL");
    assertThat(known.softwareTokenMfaConfiguration().enabled()).isTrue();
    assertThat(known.smsMfaConfiguration().smsConfiguration()).isEqualTo(SignInFixture.anySender());
    assertThat(
            fixture
                .primary()
                .describeUserPool(r -> r.userPoolId(fixture.poolId))
                .userPool()
                .mfaConfigurationAsString())
        .isEqualTo("OPTIONAL");
    fixture.primary().updateUserPool(r -> r.userPoolId(fixture.poolId));
    assertThat(
            fixture
                .primary()
                .getUserPoolMfaConfig(r -> r.userPoolId(fixture.poolId))
                .mfaConfigurationAsString())
        .isEqualTo("OFF");
  }
}
