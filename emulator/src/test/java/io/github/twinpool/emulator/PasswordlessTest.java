package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.attribute;
import static io.github.twinpool.emulator.SignInFixture.PASSWORD;
import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ConfirmSignUpResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SignUpRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SignUpResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserStatusType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifiedAttributeType;

/**
 * Users without a password. When there may be such: Cognito developer guide, "Signing up and
 * confirming user accounts".
 */
class PasswordlessTest {
  private final SignInFixture fixture = new SignInFixture();
  private final CognitoIdentityProviderClient primary = fixture.clients.primary;
  private String pool;
  private String client;

  /** The code that a pool which was not made at start sent last. */
  private String lastCode(String username) {
    return new RawClient()
        .get(
            fixture
                .emulator
                .region(RegionRole.PRIMARY)
                .endpoint()
                .resolve("/_twinpool/messages/" + pool + "/" + username))
        .json()
        .path("messages")
        .valueStream()
        .reduce((first, second) -> second)
        .orElseThrow()
        .path("code")
        .asText();
  }

  @BeforeEach
  void pool() {
    pool =
        primary
            .createUserPool(
                r ->
                    r.poolName("passwordless")
                        .autoVerifiedAttributes(VerifiedAttributeType.EMAIL)
                        .policies(
                            it ->
                                it.signInPolicy(
                                    policy ->
                                        policy.allowedFirstAuthFactorsWithStrings(
                                            "PASSWORD", "EMAIL_OTP"))))
            .userPool()
            .id();
    client = client("ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH");
  }

  private String client(String... flows) {
    return primary
        .createUserPoolClient(
            r -> r.userPoolId(pool).clientName("c").explicitAuthFlowsWithStrings(flows))
        .userPoolClient()
        .clientId();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private SignUpResponse signUp(Consumer<SignUpRequest.Builder> more) {
    return primary.signUp(
        r -> {
          r.clientId(client).username("bob").userAttributes(attribute("email", "bob@example.com"));
          more.accept(r);
        });
  }

  private ConfirmSignUpResponse confirm(@Nullable String session) {
    String code = lastCode("bob");
    return primary.confirmSignUp(
        r -> r.clientId(client).username("bob").confirmationCode(code).session(session));
  }

  private InitiateAuthResponse begin(@Nullable String session, String... parameters) {
    Map<String, String> all = new HashMap<>(Map.of("USERNAME", "bob"));
    for (int i = 0; i < parameters.length; i += 2) {
      all.put(parameters[i], parameters[i + 1]);
    }
    return primary.initiateAuth(
        r -> r.clientId(client).authFlow("USER_AUTH").authParameters(all).session(session));
  }

  private String signInWithCode() {
    InitiateAuthResponse challenge = begin(null, "PREFERRED_CHALLENGE", "EMAIL_OTP");
    assertThat(challenge.challengeNameAsString()).isEqualTo("EMAIL_OTP");
    String code = lastCode("bob");
    return primary
        .respondToAuthChallenge(
            r ->
                r.clientId(client)
                    .challengeName("EMAIL_OTP")
                    .session(challenge.session())
                    .challengeResponses(Map.of("USERNAME", "bob", "EMAIL_OTP_CODE", code)))
        .authenticationResult()
        .accessToken();
  }

  @Test
  void who_signs_up_without_a_password_signs_in_with_codes_and_no_password_is_offered() {
    signUp(r -> {});
    confirm(null);

    assertThat(begin(null).availableChallengesAsStrings()).containsExactly("EMAIL_OTP");
    String token = signInWithCode();
    assertThat(
            primary
                .getUserAuthFactors(r -> r.accessToken(token))
                .configuredUserAuthFactorsAsStrings())
        .containsExactly("EMAIL_OTP");
    notAuthorized(
        () ->
            primary.initiateAuth(
                r ->
                    r.clientId(client)
                        .authFlow("USER_PASSWORD_AUTH")
                        .authParameters(Map.of("USERNAME", "bob", "PASSWORD", PASSWORD))),
        "Incorrect username or password.");
  }

  /** API reference, ChangePassword: without a password, PreviousPassword can be left out. */
  @Test
  void a_user_without_a_password_sets_one_without_a_previous_one() {
    signUp(r -> r.password(""));
    confirm(null);
    String token = signInWithCode();
    notAuthorized(
        () ->
            primary.changePassword(
                r -> r.accessToken(token).previousPassword("Any-0ne!").proposedPassword(PASSWORD)),
        "Incorrect username or password.");

    primary.changePassword(r -> r.accessToken(token).proposedPassword(PASSWORD));

    assertThat(begin(null).availableChallengesAsStrings())
        .containsExactlyInAnyOrder("PASSWORD", "PASSWORD_SRP", "EMAIL_OTP");
    notAuthorized(
        () -> primary.changePassword(r -> r.accessToken(token).proposedPassword("New-Horse-8!")),
        "Incorrect username or password.");
  }

  @Test
  void a_password_is_missing_unless_pool_client_and_address_do_without() {
    String missing = "Missing required parameter PASSWORD";
    refused(() -> signUp(r -> r.userAttributes(List.of())), "InvalidParameterException", missing);
    refused(
        () -> signUp(r -> r.userAttributes(attribute("phone_number", "+15555550101"))),
        "InvalidParameterException",
        missing);
    client = client("ALLOW_USER_PASSWORD_AUTH");
    refused(() -> signUp(r -> {}), "InvalidParameterException", missing);
    client = client("ALLOW_USER_AUTH");
    primary.updateUserPool(
        r -> r.userPoolId(pool).autoVerifiedAttributes(VerifiedAttributeType.EMAIL));
    refused(() -> signUp(r -> {}), "InvalidParameterException", missing);
    refused(
        () -> primary.adminGetUser(r -> r.userPoolId(pool).username("bob")),
        "UserNotFoundException",
        "User does not exist.");
  }

  /** API reference, InitiateAuth, Session; seen: aws-sdk-js-v3 issue 6724. */
  @Test
  void the_sessions_of_sign_up_lead_to_tokens_without_another_code_once() {
    String signedUp = Objects.requireNonNull(signUp(r -> {}).session());
    String confirmed = Objects.requireNonNull(confirm(signedUp).session());

    assertThat(begin(confirmed).authenticationResult()).isNotNull();
    notAuthorized(
        () -> begin(confirmed), "Invalid session for the user, session can only be used once.");
    notAuthorized(() -> begin(signedUp), "Invalid session for the user.");
  }

  @Test
  void a_session_of_sign_up_is_its_users_and_its_clients_and_ends() {
    String signedUp = Objects.requireNonNull(signUp(r -> {}).session());
    primary.signUp(
        r ->
            r.clientId(client)
                .username("eve")
                .userAttributes(attribute("email", "eve@example.com")));
    String code = lastCode("eve");
    notAuthorized(
        () ->
            primary.confirmSignUp(
                r -> r.clientId(client).username("eve").confirmationCode(code).session(signedUp)),
        "Invalid session for the user.");
    String confirmed = Objects.requireNonNull(confirm(signedUp).session());
    fixture.clock.advance(Duration.ofMinutes(3));
    notAuthorized(() -> begin(confirmed), "Invalid session for the user, session is expired.");
    String other = client;
    client = client("ALLOW_USER_AUTH");
    assertThat(other).isNotEqualTo(client);
    notAuthorized(() -> begin(confirmed), "Invalid session for the user.");
  }

  @Test
  void a_client_without_user_auth_gets_no_session() {
    client = client("ALLOW_USER_PASSWORD_AUTH");
    assertThat(signUp(r -> r.password(PASSWORD)).session()).isNull();
    assertThat(confirm(null).session()).isNull();
  }

  /** API reference, AdminCreateUser, TemporaryPassword. */
  @Test
  void an_administrators_user_has_no_password_either_where_codes_do_instead() {
    UserType made =
        primary
            .adminCreateUser(
                r ->
                    r.userPoolId(pool)
                        .username("bob")
                        .userAttributes(
                            attribute("email", "bob@example.com"),
                            attribute("email_verified", "true")))
            .user();
    assertThat(made.userStatus()).isEqualTo(UserStatusType.CONFIRMED);
    assertThat(lastCode("bob")).as("an invitation without a password").isEmpty();
    assertThat(signInWithCode()).isNotEmpty();

    assertThat(primary.adminCreateUser(r -> r.userPoolId(pool).username("cy")).user().userStatus())
        .as("no address for a code")
        .isEqualTo(UserStatusType.FORCE_CHANGE_PASSWORD);
    assertThat(
            primary
                .adminCreateUser(
                    r ->
                        r.userPoolId(pool)
                            .username("di")
                            .temporaryPassword(PASSWORD)
                            .userAttributes(attribute("email", "di@example.com")))
                .user()
                .userStatus())
        .isEqualTo(UserStatusType.FORCE_CHANGE_PASSWORD);
  }
}
