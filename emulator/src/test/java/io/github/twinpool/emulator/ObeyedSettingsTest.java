package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeletionProtectionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifySoftwareTokenResponse;

/** Settings that were once accepted, shown or dropped. Each test names what it rests on. */
class ObeyedSettingsTest {
  private static final String INVALID = "InvalidParameterException";

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

  private OwnPool pool() {
    return OwnPool.of(clients, r -> {});
  }

  private static void group(
      OwnPool pool, String name, @Nullable String role, @Nullable Integer precedence) {
    pool.cognito()
        .createGroup(
            r ->
                r.userPoolId(pool.id())
                    .groupName(name)
                    .roleArn(role == null ? null : "arn:aws:iam::123456789012:role/" + role)
                    .precedence(precedence));
    pool.cognito()
        .adminAddUserToGroup(r -> r.userPoolId(pool.id()).username("ada").groupName(name));
  }

  /** (Source: API reference, CreateGroup, Precedence and RoleArn.) */
  @Test
  void an_id_token_has_the_roles_of_the_groups_and_the_one_that_goes_first() {
    OwnPool pool = pool();
    pool.user("ada", Map.of());
    group(pool, "all", null, 0);
    group(pool, "readers", "read", null);
    group(pool, "writers", "write", 5);
    AuthenticationResultType tokens = pool.signIn("ada");

    assertThat(OwnPool.claims(tokens.idToken()).getClaims())
        .containsEntry("cognito:groups", List.of("all", "writers", "readers"))
        .containsEntry(
            "cognito:roles",
            List.of("arn:aws:iam::123456789012:role/write", "arn:aws:iam::123456789012:role/read"))
        .containsEntry("cognito:preferred_role", "arn:aws:iam::123456789012:role/write");
    assertThat(OwnPool.claims(tokens.accessToken()).getClaims())
        .containsKey("cognito:groups")
        .doesNotContainKeys("cognito:roles", "cognito:preferred_role");

    group(pool, "deleters", "delete", 5);
    assertThat(OwnPool.claims(pool.signIn("ada").idToken()).getClaims())
        .containsKey("cognito:roles")
        .doesNotContainKey("cognito:preferred_role");
  }

  /** (Source: OpenID Connect Core, 5.1.1.) */
  @Test
  void an_address_is_an_object_in_id_tokens() {
    OwnPool pool = pool();
    pool.user("ada", Map.of("address", "12 St James's Square"));

    assertThat(OwnPool.claims(pool.signIn("ada").idToken()).getClaim("address"))
        .isEqualTo(Map.of("formatted", "12 St James's Square"));
    assertThat(pool.attributesOf("ada")).containsEntry("address", "12 St James's Square");
  }

  /** (Source: developer guide, "Revoking refresh tokens".) */
  @Test
  void tokens_without_revocation_do_not_name_their_sign_in_and_end_with_a_global_sign_out() {
    OwnPool pool = pool().withClient(r -> r.enableTokenRevocation(false));
    pool.user("ada", Map.of());
    pool.user("bob", Map.of());
    AuthenticationResultType tokens = pool.signIn("ada");
    String other = pool.signIn("bob").accessToken();

    for (String token : new String[] {tokens.accessToken(), tokens.idToken()}) {
      assertThat(OwnPool.claims(token).getClaims()).doesNotContainKeys("jti", "origin_jti");
    }
    pool.cognito().globalSignOut(r -> r.accessToken(tokens.accessToken()));

    assertThatThrownBy(() -> pool.cognito().getUser(r -> r.accessToken(tokens.accessToken())))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Access Token has been revoked");
    assertThat(pool.cognito().getUser(r -> r.accessToken(other)).username()).isEqualTo("bob");
  }

  /** (Source: API reference, CreateUserPoolClient, RefreshTokenValidity.) */
  @ParameterizedTest
  @ValueSource(strings = {"", "hours"})
  void a_refresh_token_validity_of_0_is_30_days(String unit) {
    OwnPool pool =
        pool()
            .withClient(
                r -> {
                  r.refreshTokenValidity(0);
                  if (!unit.isEmpty()) {
                    r.tokenValidityUnits(u -> u.refreshToken(unit));
                  }
                });
    pool.user("ada", Map.of());
    UserPoolClientType shown =
        pool.cognito()
            .describeUserPoolClient(r -> r.userPoolId(pool.id()).clientId(pool.clientId()))
            .userPoolClient();
    String token = pool.signIn("ada").refreshToken();
    clock.advance(Duration.ofDays(30).minusSeconds(1));

    assertThat(shown.refreshTokenValidity()).isEqualTo(30);
    if (!unit.isEmpty()) {
      assertThat(shown.tokenValidityUnits().refreshTokenAsString()).isEqualTo("days");
    }
    assertThat(refresh(pool, token).accessToken()).isNotBlank();
    clock.advance(Duration.ofSeconds(1));
    assertThatThrownBy(() -> refresh(pool, token)).isInstanceOf(NotAuthorizedException.class);
  }

  private static AuthenticationResultType refresh(OwnPool pool, String token) {
    return pool.cognito()
        .initiateAuth(
            r ->
                r.clientId(pool.clientId())
                    .authFlow("REFRESH_TOKEN_AUTH")
                    .authParameters(Map.of("REFRESH_TOKEN", token)))
        .authenticationResult();
  }

  /** (Source: API reference, CreateUserPoolClient, DefaultRedirectURI. The message is ours.) */
  @Test
  void a_default_redirect_uri_is_one_of_the_callbacks() {
    OwnPool pool = pool();

    refused(
        () ->
            pool.withClient(
                r ->
                    r.callbackURLs("https://app.example.com/in")
                        .defaultRedirectURI("https://app.example.com/out")),
        INVALID,
        "DefaultRedirectURI must be in the CallbackURLs list.");
    pool.withClient(
        r ->
            r.callbackURLs("https://app.example.com/in")
                .defaultRedirectURI("https://app.example.com/in"));
  }

  /** (Source: API reference, CreateUserPoolClient, ExplicitAuthFlows. The message is ours.) */
  @Test
  void old_and_new_names_of_flows_do_not_mix() {
    OwnPool pool = pool();

    refused(
        () ->
            pool.withClient(
                r ->
                    r.explicitAuthFlowsWithStrings(
                        "ADMIN_NO_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH")),
        INVALID,
        "Legacy ExplicitAuthFlows can't be used together with values that begin with ALLOW_.");
    pool.withClient(r -> r.explicitAuthFlowsWithStrings("ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH"));
  }

  /** (Seen: the message of CreateUserPool.) */
  @ParameterizedTest
  @ValueSource(strings = {"ON", "OPTIONAL"})
  void a_pool_that_wants_a_second_factor_is_made_with_a_sender_of_sms(String mode) {
    refused(
        () -> OwnPool.of(clients, r -> r.mfaConfiguration(mode)),
        INVALID,
        "SMS configuration and Auto verification for phone_number are required when MFA is"
            + " required/optional");
    OwnPool.of(clients, r -> r.mfaConfiguration(mode).smsConfiguration(SignInFixture.anySender()));
  }

  /** (Source: developer guide, "Using the Amazon Cognito domain"; the message was seen.) */
  @ParameterizedTest
  @CsvSource({"my-aws-app, aws", "amazonia, amazon", "cognito-test, cognito"})
  void a_prefix_domain_has_no_reserved_word_in_it(String prefix, String word) {
    OwnPool pool = pool();

    refused(
        () -> pool.cognito().createUserPoolDomain(r -> r.userPoolId(pool.id()).domain(prefix)),
        INVALID,
        "Domain cannot contain reserved word: " + word);
  }

  /** (Source: moto's tests of create_user_pool, and pools that were shown in public issues.) */
  @Test
  void a_pool_shows_the_defaults_of_what_it_was_not_told() {
    UserPoolType shown =
        clients.primary.describeUserPool(r -> r.userPoolId(pool().id())).userPool();

    assertThat(shown.deletionProtection()).isEqualTo(DeletionProtectionType.INACTIVE);
    assertThat(shown.emailConfiguration().emailSendingAccountAsString())
        .isEqualTo("COGNITO_DEFAULT");
    assertThat(shown.verificationMessageTemplate().defaultEmailOptionAsString())
        .isEqualTo("CONFIRM_WITH_CODE");
    assertThat(shown.lambdaConfig()).isNotNull();
    assertThat(shown.policies().signInPolicy().allowedFirstAuthFactorsAsStrings())
        .containsExactly("PASSWORD");
    assertThat(shown.policies().passwordPolicy().temporaryPasswordValidityDays()).isEqualTo(7);
    assertThat(shown.adminCreateUserConfig().allowAdminCreateUserOnly()).isFalse();
    assertThat(shown.mfaConfigurationAsString()).isEqualTo("OFF");
    assertThat(shown.userPoolTierAsString()).isEqualTo("ESSENTIALS");
    assertThat(shown.schemaAttributes()).hasSize(20);
    assertThat(shown.accountRecoverySetting()).isNull();
    assertThat(shown.hasAutoVerifiedAttributes()).isFalse();
  }

  @Test
  void what_a_pool_was_told_goes_before_the_defaults() {
    String id =
        clients
            .primary
            .createUserPool(
                r ->
                    r.poolName("own")
                        .deletionProtection("ACTIVE")
                        .emailConfiguration(e -> e.emailSendingAccount("DEVELOPER"))
                        .verificationMessageTemplate(
                            t -> t.defaultEmailOption("CONFIRM_WITH_LINK").smsMessage("{####}")))
            .userPool()
            .id();
    UserPoolType shown = clients.primary.describeUserPool(r -> r.userPoolId(id)).userPool();

    assertThat(shown.deletionProtection()).isEqualTo(DeletionProtectionType.ACTIVE);
    assertThat(shown.emailConfiguration().emailSendingAccountAsString()).isEqualTo("DEVELOPER");
    assertThat(shown.verificationMessageTemplate().defaultEmailOptionAsString())
        .isEqualTo("CONFIRM_WITH_LINK");
    assertThat(shown.verificationMessageTemplate().smsMessage()).isEqualTo("{####}");
  }

  /** (Source: API reference, ListUsers and UsernameConfigurationType.) */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "email = \"\"                          | ''",
        "email ^= \"\"                         | ada",
        "email = \"ADA@example.com\"           | ada",
        "username = \"ADA\"                    | ''",
        "username = \"ada\"                    | ada",
        "given_name = \"ADA\"                  | ''",
        "status = \"enabled\"                  | ''",
        "cognito:user_status = \"ConfirMed\"   | ada bob"
      })
  void a_filter_matches_what_users_have_in_its_case(String filter, String expected) {
    OwnPool pool = OwnPool.of(clients, r -> r.usernameConfiguration(u -> u.caseSensitive(false)));
    pool.user("ada", Map.of("email", "ada@example.com", "given_name", "Ada"));
    pool.user("bob", Map.of());

    assertThat(
            pool.cognito().listUsers(r -> r.userPoolId(pool.id()).filter(filter)).users().stream()
                .map(UserType::username))
        .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" ", -1));
  }

  @Test
  void a_pool_that_tells_case_apart_tells_addresses_apart() {
    OwnPool pool = pool();
    pool.user("ada", Map.of("email", "ada@example.com"));

    assertThat(
            pool.cognito()
                .listUsers(r -> r.userPoolId(pool.id()).filter("email = \"ADA@example.com\""))
                .users())
        .isEmpty();
  }

  /** (Source: API reference, ListUsers, AttributesToGet; the message was seen.) */
  @Test
  void attributes_to_get_are_ones_that_the_pool_and_all_of_the_users_have() {
    OwnPool pool = pool();
    pool.user("ada", Map.of("email", "ada@example.com"));
    String message = "One or more requested attributes do not exist.";

    assertThat(list(pool, "email").get(0).attributes()).hasSize(1);
    refused(() -> list(pool, "custom:none"), INVALID, message);
    pool.user("bob", Map.of());
    refused(() -> list(pool, "email"), INVALID, message);
    assertThat(
            pool.cognito()
                .listUsers(
                    r ->
                        r.userPoolId(pool.id()).attributesToGet("email").filter("email ^= \"ada\""))
                .users())
        .hasSize(1);
  }

  private static List<UserType> list(OwnPool pool, String attribute) {
    return pool.cognito()
        .listUsers(r -> r.userPoolId(pool.id()).attributesToGet(attribute))
        .users();
  }

  /** (Source: API reference, VerifySoftwareToken; moto's test, verified against AWS.) */
  @Test
  void an_authenticator_that_was_verified_by_session_is_asked_for_at_the_next_sign_in() {
    OwnPool pool =
        OwnPool.of(
            clients, r -> r.mfaConfiguration("ON").smsConfiguration(SignInFixture.anySender()));
    pool.cognito()
        .setUserPoolMfaConfig(
            r ->
                r.userPoolId(pool.id())
                    .mfaConfiguration("ON")
                    .softwareTokenMfaConfiguration(t -> t.enabled(true)));
    pool.user("ada", Map.of());
    assertThat(pool.begin("ada").challengeNameAsString()).isEqualTo("MFA_SETUP");
    String session = pool.begin("ada").session();
    var associated = pool.cognito().associateSoftwareToken(r -> r.session(session));
    VerifySoftwareTokenResponse verified =
        pool.cognito()
            .verifySoftwareToken(
                r ->
                    r.session(associated.session())
                        .userCode(
                            Totp.code(
                                associated.secretCode(), clock.instant().getEpochSecond() / 30)));

    assertThat(pool.begin("ada").challengeNameAsString()).isEqualTo("SOFTWARE_TOKEN_MFA");
    assertThat(
            pool.answer("MFA_SETUP", verified.session(), Map.of("USERNAME", "ada"))
                .authenticationResult()
                .accessToken())
        .isNotBlank();
    assertThat(
            clients
                .in(RegionRole.PRIMARY)
                .adminGetUser(r -> r.userPoolId(pool.id()).username("ada"))
                .preferredMfaSetting())
        .isEqualTo("SOFTWARE_TOKEN_MFA");
  }
}
