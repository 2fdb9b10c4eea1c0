package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminCreateUserRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminInitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;

/**
 * Rests on the developer guide, "Customizing sign-in attributes", and on the API reference:
 * AdminCreateUser and ConfirmSignUp (ForceAliasCreation), AdminInitiateAuth (USER_ID_FOR_SRP).
 */
class AliasTest {
  private static final String TAKEN = "An account with the given email already exists.";
  private static final Map<String, String> ADDRESS =
      Map.of("email", "ada@example.com", "email_verified", "true");
  private static final Map<String, String> UNVERIFIED = Map.of("email", "ada@example.com");

  private final TestClock clock = new TestClock();
  private EmulatorClients clients;

  @BeforeEach
  void start() {
    clients = new EmulatorClients(TestEmulators.builder().clock(clock).start());
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  private OwnPool aliased() {
    return OwnPool.of(
        clients,
        r ->
            r.aliasAttributesWithStrings("email", "preferred_username")
                .autoVerifiedAttributesWithStrings("email"));
  }

  private OwnPool named() {
    return OwnPool.of(clients, r -> r.usernameAttributesWithStrings("email"));
  }

  @Test
  void a_pool_has_aliases_or_names_its_users_by_addresses() {
    refused(
        () ->
            OwnPool.of(
                clients,
                r -> r.aliasAttributesWithStrings("email").usernameAttributesWithStrings("email")),
        "InvalidParameterException",
        "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.");
  }

  @Test
  void an_administrator_gives_an_alias_to_one_user_only() {
    OwnPool pool = aliased();
    pool.user("ada", ADDRESS);

    refused(() -> pool.createAsAdministrator("bob", ADDRESS), "AliasExistsException", TAKEN);
    assertThatThrownBy(() -> pool.attributesOf("bob")).isInstanceOf(UserNotFoundException.class);
    pool.createAsAdministrator("bob", UNVERIFIED);
    refused(
        () -> pool.updateAsAdministrator("bob", Map.of("email_verified", "true")),
        "AliasExistsException",
        TAKEN);
    assertThat(pool.signIn("ada@example.com").accessToken()).isNotBlank();
  }

  @Test
  void an_administrator_can_move_an_alias_to_a_new_user() {
    OwnPool pool = aliased();
    pool.user("ada", ADDRESS);
    Consumer<AdminCreateUserRequest.Builder> bob =
        r ->
            r.userPoolId(pool.id())
                .username("bob")
                .temporaryPassword(PASSWORD)
                .userAttributes(OwnPool.attributes(ADDRESS));

    pool.cognito().adminCreateUser(bob.andThen(r -> r.forceAliasCreation(true)));

    assertThat(pool.begin("ada@example.com").challengeParameters())
        .containsEntry("USER_ID_FOR_SRP", "bob");
    assertThat(pool.attributesOf("ada")).containsEntry("email_verified", "false");
    assertThat(pool.attributesOf("bob")).containsEntry("email_verified", "true");
  }

  @Test
  void who_confirms_an_address_that_another_user_owns_must_ask_for_the_alias() {
    OwnPool pool = aliased();
    pool.user("ada", ADDRESS);
    pool.signUp("bob", UNVERIFIED);
    String code = pool.lastMessage("bob").path("code").asText();

    refused(() -> confirm(pool, "bob", code, false), "AliasExistsException", TAKEN);
    confirm(pool, "bob", code, true);

    assertThat(
            OwnPool.claims(pool.signIn("ada@example.com").idToken()).getClaim("cognito:username"))
        .isEqualTo("bob");
    assertThat(pool.attributesOf("ada")).containsEntry("email_verified", "false");
  }

  private static void confirm(OwnPool pool, String username, String code, boolean force) {
    pool.cognito()
        .confirmSignUp(
            r ->
                r.clientId(pool.clientId())
                    .username(username)
                    .confirmationCode(code)
                    .forceAliasCreation(force));
  }

  @Test
  void a_wrong_code_does_not_tell_that_an_alias_is_taken() {
    OwnPool pool = aliased();
    pool.user("ada", ADDRESS);
    pool.signUp("bob", UNVERIFIED);
    String wrong = SignInFixture.not(pool.lastMessage("bob").path("code").asText());

    refused(
        () -> confirm(pool, "bob", wrong, false),
        "CodeMismatchException",
        "Invalid verification code provided, please try again.");
  }

  @Test
  void a_preferred_user_name_belongs_to_one_confirmed_user() {
    OwnPool pool = aliased();
    pool.user("ada", Map.of("preferred_username", "countess"));
    pool.user("bob", Map.of());
    String token = pool.signIn("bob").accessToken();

    assertThat(pool.signIn("countess").accessToken()).isNotBlank();
    refused(
        () -> pool.update(token, Map.of("preferred_username", "countess")),
        "AliasExistsException",
        "An account with the given preferred_username already exists.");
    pool.updateAsAdministrator("ada", Map.of("preferred_username", ""));
    pool.update(token, Map.of("preferred_username", "countess"));

    assertThat(OwnPool.claims(pool.signIn("countess").idToken()).getClaim("cognito:username"))
        .isEqualTo("bob");
  }

  @Test
  void an_address_that_changes_is_an_alias_no_more() {
    OwnPool pool = aliased();
    pool.user("ada", ADDRESS);
    pool.updateAsAdministrator("ada", Map.of("email", "countess@example.com"));

    assertThatThrownBy(() -> pool.signIn("ada@example.com"))
        .isInstanceOf(UserNotFoundException.class);
    assertThatThrownBy(() -> pool.signIn("countess@example.com"))
        .isInstanceOf(UserNotFoundException.class);
    pool.user("bob", ADDRESS);
    assertThat(pool.signIn("ada@example.com").accessToken()).isNotBlank();
  }

  @Test
  void a_user_named_by_an_address_cannot_take_that_of_another() {
    OwnPool pool = named();
    pool.user("ada@example.com", Map.of());
    pool.user("bob@example.com", Map.of());
    String token = pool.signIn("bob@example.com").accessToken();

    refused(() -> pool.update(token, UNVERIFIED), "AliasExistsException", TAKEN);
    refused(
        () -> pool.updateAsAdministrator("bob@example.com", ADDRESS),
        "AliasExistsException",
        TAKEN);
    pool.update(token, Map.of("email", "robert@example.com"));

    assertThat(pool.signIn("robert@example.com").accessToken()).isNotBlank();
    pool.user("bob@example.com", Map.of());
  }

  @Test
  void user_names_do_not_look_like_aliases() {
    OwnPool pool = OwnPool.of(clients, r -> r.aliasAttributesWithStrings("email", "phone_number"));

    refused(
        () -> pool.signUp("ada@example.com", Map.of()),
        "InvalidParameterException",
        "Username cannot be of email format, since user pool is configured for email alias.");
    refused(
        () -> pool.signUp("+15555550100", Map.of()),
        "InvalidParameterException",
        "Username cannot be of phone number format, since user pool is configured for phone"
            + " number alias.");
  }

  @Test
  void the_secondary_finds_users_by_aliases_a_lag_later() {
    stop();
    clients = new EmulatorClients(TestEmulators.builder().clock(clock).emailAlias(true).start());
    clients.emulator.replicationLag(Duration.ofMinutes(1));
    String pool = clients.emulator.userPool().id();
    clients.primary.adminCreateUser(
        r -> r.userPoolId(pool).username("ada").userAttributes(OwnPool.attributes(ADDRESS)));

    assertThatThrownBy(
            () ->
                clients.secondary.adminGetUser(r -> r.userPoolId(pool).username("ada@example.com")))
        .isInstanceOf(UserNotFoundException.class);
    clock.advance(Duration.ofMinutes(2));

    assertThat(
            clients
                .secondary
                .adminGetUser(r -> r.userPoolId(pool).username("ada@example.com"))
                .username())
        .isEqualTo("ada");
  }

  @Test
  void an_administrator_answers_a_challenge_under_the_user_name_itself() {
    OwnPool pool = aliased();
    pool.createAsAdministrator("ada", ADDRESS);
    AdminInitiateAuthResponse challenge =
        pool.cognito()
            .adminInitiateAuth(
                r ->
                    r.userPoolId(pool.id())
                        .clientId(pool.clientId())
                        .authFlow("ADMIN_USER_PASSWORD_AUTH")
                        .authParameters(
                            Map.of("USERNAME", "ada@example.com", "PASSWORD", PASSWORD)));

    notAuthorized(
        () -> answer(pool, challenge, "ada@example.com"), "Invalid session for the user.");
    answer(pool, challenge, challenge.challengeParameters().get("USER_ID_FOR_SRP"));
  }

  private static void answer(OwnPool pool, AdminInitiateAuthResponse challenge, String username) {
    pool.cognito()
        .adminRespondToAuthChallenge(
            r ->
                r.userPoolId(pool.id())
                    .clientId(pool.clientId())
                    .challengeName(challenge.challengeName())
                    .session(challenge.session())
                    .challengeResponses(
                        Map.of("USERNAME", username, "NEW_PASSWORD", "New-Horse-8!")));
  }
}
