package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static io.github.twinpool.emulator.EmulatorClients.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CodeMismatchException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExpiredCodeException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ForgotPasswordResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidPasswordException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LimitExceededException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SignUpResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserAttributesResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotConfirmedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

/** The messages rest on the facts page, "On the wire". */
class AccountTest {
  private static final String NEW_PASSWORD = "New-Horse-8!";

  private final TestClock clock = new TestClock();
  private EmulatorClients clients;
  private CognitoIdentityProviderClient primary;
  private String clientId;

  @BeforeEach
  void start() {
    clients = new EmulatorClients(TestEmulators.builder().clock(clock).start());
    clients.emulator.createUser("ada", PASSWORD);
    primary = clients.primary;
    clientId = clients.emulator.clientId();
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  @Test
  void a_new_user_signs_up_is_confirmed_and_signs_in() {
    SignUpResponse signedUp =
        primary.signUp(
            r ->
                r.clientId(clientId)
                    .username("bob")
                    .password(PASSWORD)
                    .userAttributes(attribute("email", "foo@example.com"), attribute("name", "B")));

    assertThat(signedUp.userConfirmed()).isFalse();
    assertThat(signedUp.userSub())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");
    assertThat(signedUp.codeDeliveryDetails().destination()).isEqualTo("f***@e***");
    assertThat(signedUp.codeDeliveryDetails().attributeName()).isEqualTo("email");
    assertThat(signedUp.codeDeliveryDetails().deliveryMediumAsString()).isEqualTo("EMAIL");
    assertThat(clients.emulator.confirmationCode("bob"))
        .hasValueSatisfying(code -> assertThat(code).matches("[0-9]{6}"));
    assertThatThrownBy(() -> signIn("bob", PASSWORD))
        .isInstanceOf(UserNotConfirmedException.class)
        .hasMessageContaining("User is not confirmed.");

    primary.adminConfirmSignUp(r -> r.userPoolId(poolId()).username("bob"));
    assertThat(signIn("bob", PASSWORD)).isNotBlank();
    refused(
        () -> primary.adminConfirmSignUp(r -> r.userPoolId(poolId()).username("bob")),
        NotAuthorizedException.class,
        "User cannot be confirmed. Current status is CONFIRMED");
  }

  @Test
  void a_user_without_an_address_gets_no_code() {
    SignUpResponse signedUp =
        primary.signUp(r -> r.clientId(clientId).username("bob").password(PASSWORD));

    assertThat(signedUp.codeDeliveryDetails()).isNull();
    assertThat(clients.emulator.confirmationCode("bob")).isEmpty();
  }

  @Test
  void a_taken_user_name_is_refused() {
    refused(
        () -> primary.signUp(r -> r.clientId(clientId).username("ada").password(PASSWORD)),
        UsernameExistsException.class,
        "User already exists");
  }

  @ParameterizedTest
  @CsvSource({
    "Aa1!, not long enough",
    "correct-horse-7, must have uppercase characters",
    "CORRECT-HORSE-7, must have lowercase characters",
    "Correct-Horse-X, must have numeric characters",
    "CorrectHorse7, must have symbol characters"
  })
  void a_password_must_keep_to_the_policy(String password, String rule) {
    refused(
        () -> primary.signUp(r -> r.clientId(clientId).username("bob").password(password)),
        InvalidPasswordException.class,
        "Password did not conform with policy: Password " + rule);
  }

  @ParameterizedTest
  @CsvSource({
    "shoe_size, 42, 'Attributes did not conform to the schema: shoe_size: Attribute does not exist in the schema.'",
    "sub, 1, Cannot modify the non-mutable attribute sub",
    "email, nonsense, Invalid email address format.",
    "phone_number, 12345, Invalid phone number format."
  })
  void an_attribute_must_keep_to_the_schema(String name, String value, String message) {
    refused(
        () ->
            primary.signUp(
                r ->
                    r.clientId(clientId)
                        .username("bob")
                        .password(PASSWORD)
                        .userAttributes(attribute(name, value))),
        InvalidParameterException.class,
        message);
  }

  @Test
  void users_cannot_say_that_their_own_address_is_verified() {
    String token = signIn("ada", PASSWORD);

    refused(
        () ->
            primary.updateUserAttributes(
                r -> r.accessToken(token).userAttributes(attribute("email_verified", "true"))),
        NotAuthorizedException.class,
        "A client attempted to write unauthorized attribute");
  }

  @Test
  void a_changed_address_is_unverified_and_gets_a_code() {
    String token = signIn("ada", PASSWORD);

    UpdateUserAttributesResponse updated =
        primary.updateUserAttributes(
            r ->
                r.accessToken(token)
                    .userAttributes(
                        attribute("email", "new@example.org"), attribute("name", "Ada")));

    assertThat(updated.codeDeliveryDetailsList())
        .singleElement()
        .satisfies(details -> assertThat(details.destination()).isEqualTo("n***@e***"));
    Function<String, String> attributes = attributesOf(token);
    assertThat(attributes.apply("email")).isEqualTo("new@example.org");
    assertThat(attributes.apply("email_verified")).isEqualTo("false");
    assertThat(attributes.apply("name")).isEqualTo("Ada");
    assertThat(attributes.apply("sub")).isNotBlank();
  }

  @Test
  void an_empty_value_removes_an_attribute() {
    String token = signIn("ada", PASSWORD);
    primary.updateUserAttributes(
        r -> r.accessToken(token).userAttributes(attribute("nickname", "A")));
    primary.updateUserAttributes(
        r -> r.accessToken(token).userAttributes(attribute("nickname", "")));

    assertThat(attributesOf(token).apply("nickname")).isNull();
  }

  @Test
  void a_password_changes_with_the_old_one_only() {
    String token = signIn("ada", PASSWORD);
    refused(
        () ->
            primary.changePassword(
                r -> r.accessToken(token).previousPassword("wrong").proposedPassword(NEW_PASSWORD)),
        NotAuthorizedException.class,
        "Incorrect username or password.");

    primary.changePassword(
        r -> r.accessToken(token).previousPassword(PASSWORD).proposedPassword(NEW_PASSWORD));

    assertThat(signIn("ada", NEW_PASSWORD)).isNotBlank();
    assertThatThrownBy(() -> signIn("ada", PASSWORD)).isInstanceOf(NotAuthorizedException.class);
  }

  @Test
  void a_forgotten_password_is_replaced_with_the_code_that_was_sent() {
    ForgotPasswordResponse sent = primary.forgotPassword(r -> r.clientId(clientId).username("ada"));
    assertThat(sent.codeDeliveryDetails().destination()).isEqualTo("a***@e***");
    String code = clients.emulator.confirmationCode("ada").orElseThrow();

    confirm("ada", code);

    assertThat(signIn("ada", NEW_PASSWORD)).isNotBlank();
    refused(
        () -> confirm("ada", code),
        ExpiredCodeException.class,
        "Invalid code provided, please request a code again.");
  }

  @Test
  void a_wrong_code_is_refused_five_times_and_then_the_right_one_too() {
    primary.forgotPassword(r -> r.clientId(clientId).username("ada"));
    String code = clients.emulator.confirmationCode("ada").orElseThrow();
    String wrong = code.equals("000000") ? "111111" : "000000";

    for (int i = 0; i < 5; i++) {
      refused(
          () -> confirm("ada", wrong),
          CodeMismatchException.class,
          "Invalid verification code provided, please try again.");
    }
    refused(() -> confirm("ada", code), LimitExceededException.class, "Attempt limit exceeded");
  }

  @Test
  void a_code_is_good_for_an_hour() {
    primary.forgotPassword(r -> r.clientId(clientId).username("ada"));
    String code = clients.emulator.confirmationCode("ada").orElseThrow();
    clock.advance(Duration.ofHours(1));

    assertThatThrownBy(() -> confirm("ada", code)).isInstanceOf(ExpiredCodeException.class);
  }

  @Test
  void an_unknown_user_seems_to_get_a_code_if_existence_errors_are_prevented() {
    assertThat(
            primary
                .forgotPassword(r -> r.clientId(clientId).username("nobody"))
                .codeDeliveryDetails()
                .destination())
        .isEqualTo("n***@n***");

    String legacy =
        primary
            .createUserPoolClient(r -> r.userPoolId(poolId()).clientName("legacy"))
            .userPoolClient()
            .clientId();
    refused(
        () -> primary.forgotPassword(r -> r.clientId(legacy).username("nobody")),
        UserNotFoundException.class,
        "Username/client id combination not found.");
  }

  @Test
  void an_access_token_expires() {
    String token = signIn("ada", PASSWORD);
    clock.advance(Duration.ofHours(1));

    refused(
        () -> primary.getUser(r -> r.accessToken(token)),
        NotAuthorizedException.class,
        "Access Token has expired");
  }

  @Test
  void an_id_token_or_one_of_another_emulator_is_no_access_token() {
    String idToken = clients.signIn(RegionRole.PRIMARY, "ada", PASSWORD).idToken();
    refused(
        () -> primary.getUser(r -> r.accessToken(idToken)),
        NotAuthorizedException.class,
        "Invalid Access Token");

    String token = signIn("ada", PASSWORD);
    String forged = token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(342);
    refused(
        () -> primary.getUser(r -> r.accessToken(forged)),
        NotAuthorizedException.class,
        "Invalid Access Token");
  }

  private void confirm(String username, String code) {
    primary.confirmForgotPassword(
        r -> r.clientId(clientId).username(username).confirmationCode(code).password(NEW_PASSWORD));
  }

  private Function<String, String> attributesOf(String token) {
    return name ->
        primary.getUser(r -> r.accessToken(token)).userAttributes().stream()
            .filter(attribute -> attribute.name().equals(name))
            .map(AttributeType::value)
            .findFirst()
            .orElse(null);
  }

  private String signIn(String username, String password) {
    return clients.signIn(RegionRole.PRIMARY, username, password).accessToken();
  }

  private String poolId() {
    return clients.emulator.userPool().id();
  }

  static void refused(
      ThrowingCallable call,
      Class<? extends CognitoIdentityProviderException> type,
      String message) {
    assertThatThrownBy(call)
        .isInstanceOf(type)
        .satisfies(
            e ->
                assertThat(((CognitoIdentityProviderException) e).awsErrorDetails().errorMessage())
                    .startsWith(message));
  }
}
