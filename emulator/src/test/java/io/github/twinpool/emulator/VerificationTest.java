package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.emulator.SentMessage.Medium;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CodeDeliveryDetailsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CodeMismatchException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExpiredCodeException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RecoveryOptionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;

/**
 * Which codes are sent where. Rests on the developer guide, "Verifying contact information at
 * sign-up" and "Managing user existence error responses", on the API reference, CreateUserPool
 * (AutoVerifiedAttributes, AccountRecoverySetting), and on moto's tests of sign_up and
 * forgot_password that were verified against AWS.
 */
class VerificationTest {
  private static final String INVALID = "InvalidParameterException";
  private static final Map<String, String> BOTH =
      Map.of("email", "foo@example.com", "phone_number", "+15555550100");
  private static final Map<String, String> VERIFIED =
      SignInFixture.with(
          SignInFixture.with(BOTH, "email_verified", "true"), "phone_number_verified", "true");

  private EmulatorClients clients;

  @BeforeEach
  void start() {
    clients = new EmulatorClients(TestEmulators.start());
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  private OwnPool verifying(String... attributes) {
    return OwnPool.of(clients, r -> r.autoVerifiedAttributesWithStrings(attributes));
  }

  @Test
  void a_pool_that_verifies_nothing_sends_no_code() {
    OwnPool pool = OwnPool.of(clients, r -> {});

    assertThat(pool.signUp("ada", BOTH).codeDeliveryDetails()).isNull();
    assertThat(pool.messages("ada")).isEmpty();
    refused(
        () ->
            pool.cognito().resendConfirmationCode(r -> r.clientId(pool.clientId()).username("ada")),
        INVALID,
        "Cannot resend codes. Auto verification not turned on.");
    pool.confirmAsAdministrator("ada");
    String token = pool.signIn("ada").accessToken();
    assertThat(
            pool.cognito()
                .updateUserAttributes(
                    r ->
                        r.accessToken(token)
                            .userAttributes(EmulatorClients.attribute("email", "n@example.com")))
                .codeDeliveryDetailsList())
        .isEmpty();
  }

  @Test
  void of_two_addresses_that_are_verified_the_phone_gets_the_code() {
    OwnPool pool = verifying("email", "phone_number");

    CodeDeliveryDetailsType details = pool.signUp("ada", BOTH).codeDeliveryDetails();
    assertThat(details.deliveryMediumAsString()).isEqualTo("SMS");
    assertThat(details.attributeName()).isEqualTo("phone_number");
    String code = pool.lastMessage("ada").path("code").asText();
    pool.cognito()
        .confirmSignUp(r -> r.clientId(pool.clientId()).username("ada").confirmationCode(code));

    assertThat(pool.attributesOf("ada"))
        .containsEntry("phone_number_verified", "true")
        .doesNotContainEntry("email_verified", "true");
  }

  @Test
  void an_address_that_is_not_verified_gets_no_code() {
    OwnPool pool = verifying("phone_number");

    assertThat(pool.signUp("ada", Map.of("email", "foo@example.com")).codeDeliveryDetails())
        .isNull();
    assertThat(pool.signUp("bob", Map.of()).codeDeliveryDetails()).isNull();
  }

  @Test
  void an_address_that_an_administrator_changes_gets_a_code_unless_it_is_verified() {
    OwnPool pool = verifying("email");
    pool.user("ada", Map.of());
    pool.updateAsAdministrator("ada", Map.of("email", "a@example.com", "email_verified", "true"));
    assertThat(pool.messages("ada")).isEmpty();

    pool.updateAsAdministrator("ada", Map.of("email", "b@example.com"));

    assertThat(pool.lastMessage("ada").path("destination").asText()).isEqualTo("b@example.com");
  }

  @Test
  void users_sign_up_where_the_pool_lets_them() {
    OwnPool pool =
        OwnPool.of(clients, r -> r.adminCreateUserConfig(c -> c.allowAdminCreateUserOnly(true)));

    notAuthorized(() -> pool.signUp("ada", BOTH), "SignUp is not permitted for this user pool");
    pool.createAsAdministrator("ada", BOTH);
  }

  private OwnPool recovering(String... names) {
    return OwnPool.of(
        clients,
        r ->
            r.accountRecoverySetting(
                s ->
                    s.recoveryMechanisms(
                        IntStream.range(0, names.length)
                            .mapToObj(
                                i ->
                                    RecoveryOptionType.builder()
                                        .name(names[i])
                                        .priority(i + 1)
                                        .build())
                            .toList())));
  }

  private static String medium(OwnPool pool, String username) {
    return pool.cognito()
        .forgotPassword(r -> r.clientId(pool.clientId()).username(username))
        .codeDeliveryDetails()
        .deliveryMediumAsString();
  }

  @Test
  void a_pool_that_does_not_say_how_accounts_are_recovered_prefers_sms() {
    OwnPool pool = OwnPool.of(clients, r -> {});
    pool.user("ada", VERIFIED);
    pool.user("bob", SignInFixture.without(VERIFIED, "phone_number_verified"));

    assertThat(medium(pool, "ada")).isEqualTo("SMS");
    assertThat(medium(pool, "bob")).isEqualTo("EMAIL");
  }

  @Test
  void codes_for_new_passwords_go_where_the_priorities_say() {
    OwnPool pool = recovering("verified_email", "verified_phone_number");
    pool.user("ada", VERIFIED);
    pool.user("bob", SignInFixture.without(VERIFIED, "email_verified"));

    assertThat(medium(pool, "ada")).isEqualTo("EMAIL");
    assertThat(medium(pool, "bob")).isEqualTo("SMS");
    OwnPool phoneOnly = recovering("verified_phone_number");
    phoneOnly.user("ada", SignInFixture.without(VERIFIED, "phone_number_verified"));
    refused(
        () -> medium(phoneOnly, "ada"),
        INVALID,
        "Cannot reset password for the user as there is no registered/verified email or"
            + " phone_number");
  }

  /** (Source: API reference, CreateUserPool, AccountRecoverySetting.) */
  @Test
  void the_address_of_the_second_factor_recovers_no_account() {
    OwnPool pool = recovering("verified_phone_number", "verified_email");
    pool.cognito()
        .setUserPoolMfaConfig(
            r ->
                r.userPoolId(pool.id())
                    .mfaConfiguration("OPTIONAL")
                    .smsMfaConfiguration(s -> s.smsConfiguration(SignInFixture.anySender())));
    pool.user("ada", VERIFIED);
    pool.cognito()
        .adminSetUserMFAPreference(
            r -> r.userPoolId(pool.id()).username("ada").smsMfaSettings(s -> s.enabled(true)));

    assertThat(medium(pool, "ada")).isEqualTo("EMAIL");
  }

  @Test
  void administrators_alone_recover_accounts_where_the_pool_says_so() {
    OwnPool pool = recovering("admin_only");
    pool.user("ada", VERIFIED);

    notAuthorized(() -> medium(pool, "ada"), "Contact administrator to reset password.");
    refused(
        () -> pool.cognito().adminResetUserPassword(r -> r.userPoolId(pool.id()).username("ada")),
        INVALID,
        "The user pool must have self-service account recovery configured.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "admin_only verified_email     | admin_only must be the only recovery mechanism.",
        "verified_email verified_email | AccountRecoverySetting must have one or two different"
            + " recovery mechanisms."
      })
  void a_recovery_that_contradicts_itself_is_refused(String names, String message) {
    refused(() -> recovering(names.split(" ", -1)), INVALID, message);
  }

  private OwnPool discreet(OwnPool pool) {
    return pool.withClient(r -> r.preventUserExistenceErrors("ENABLED"));
  }

  @Test
  void to_a_discreet_client_all_users_without_an_address_look_alike() {
    OwnPool pool = discreet(OwnPool.of(clients, r -> r.autoVerifiedAttributesWithStrings("email")));
    pool.user("ada", BOTH);

    for (String name : new String[] {"ada", "abc"}) {
      CodeDeliveryDetailsType details =
          pool.cognito()
              .forgotPassword(r -> r.clientId(pool.clientId()).username(name))
              .codeDeliveryDetails();
      assertThat(details.destination()).isEqualTo("a***@a***");
      assertThat(details.deliveryMediumAsString()).isEqualTo("EMAIL");
    }
    assertThat(pool.messages("ada")).isEmpty();
  }

  @Test
  void a_simulated_code_goes_where_the_typed_name_or_the_pool_suggests() {
    OwnPool mails = discreet(verifying("email"));
    OwnPool phones = discreet(verifying("phone_number"));

    assertThat(medium(mails, "nobody")).isEqualTo("EMAIL");
    assertThat(medium(mails, "+15555550199")).isEqualTo("SMS");
    assertThat(medium(phones, "nobody")).isEqualTo("SMS");
    assertThat(medium(phones, "nobody@example.com")).isEqualTo("EMAIL");
    assertThat(
            phones
                .cognito()
                .resendConfirmationCode(r -> r.clientId(phones.clientId()).username("nobody"))
                .codeDeliveryDetails()
                .deliveryMediumAsString())
        .isEqualTo(Medium.SMS.name());
  }

  @Test
  void a_code_for_the_password_of_nobody_is_a_wrong_one() {
    OwnPool pool = OwnPool.of(clients, r -> {});
    OwnPool discreet = discreet(pool);
    pool.user("ada", VERIFIED);

    assertThatThrownBy(() -> confirm(discreet, "nobody"))
        .isInstanceOf(CodeMismatchException.class)
        .hasMessageContaining("Invalid verification code provided, please try again.");
    assertThatThrownBy(() -> confirm(discreet, "ada")).isInstanceOf(ExpiredCodeException.class);
    assertThatThrownBy(() -> confirm(pool, "nobody")).isInstanceOf(UserNotFoundException.class);
  }

  private static void confirm(OwnPool pool, String username) {
    pool.cognito()
        .confirmForgotPassword(
            r ->
                r.clientId(pool.clientId())
                    .username(username)
                    .confirmationCode("123456")
                    .password("New-Horse-8!"));
  }
}
