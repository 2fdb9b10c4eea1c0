package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.AccountTest.refused;
import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static io.github.twinpool.emulator.EmulatorClients.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminGetUserResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidPasswordException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUsersResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserStatusType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameExistsException;

class UserAdministrationTest {
  private EmulatorClients clients;
  private CognitoIdentityProviderClient primary;
  private String poolId;

  @BeforeEach
  void start() {
    start(TestEmulators.builder());
  }

  private void start(CognitoEmulator.Builder builder) {
    clients = new EmulatorClients(builder.clock(new TestClock()).start());
    primary = clients.primary;
    poolId = clients.emulator.userPool().id();
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  @Test
  void an_administrators_user_must_choose_a_password_before_tokens_are_given() {
    UserType made =
        primary
            .adminCreateUser(
                r ->
                    r.userPoolId(poolId)
                        .username("bob")
                        .temporaryPassword(PASSWORD)
                        .userAttributes(attribute("nickname", "red")))
            .user();
    assertThat(made.userStatus()).isEqualTo(UserStatusType.FORCE_CHANGE_PASSWORD);
    assertThat(made.enabled()).isTrue();
    assertThat(made.attributes()).contains(attribute("nickname", "red"));

    InitiateAuthResponse challenge =
        primary.initiateAuth(
            r ->
                r.authFlow("USER_PASSWORD_AUTH")
                    .clientId(clients.emulator.clientId())
                    .authParameters(Map.of("USERNAME", "bob", "PASSWORD", PASSWORD)));
    assertThat(challenge.challengeNameAsString()).isEqualTo("NEW_PASSWORD_REQUIRED");
    assertThat(challenge.authenticationResult()).isNull();
    assertThat(challenge.session().length()).isBetween(20, 2048);
    assertThat(challenge.challengeParameters()).containsEntry("USER_ID_FOR_SRP", "bob");

    primary.adminSetUserPassword(
        r -> r.userPoolId(poolId).username("bob").password("New-Horse-8!").permanent(true));
    assertThat(clients.signIn(RegionRole.PRIMARY, "bob", "New-Horse-8!")).isNotNull();
  }

  @Test
  void a_user_is_read_by_user_name_and_by_sub() {
    clients.emulator.createUser("ada", PASSWORD);
    AdminGetUserResponse byName = primary.adminGetUser(r -> r.userPoolId(poolId).username("ada"));
    String sub =
        byName.userAttributes().stream()
            .filter(attribute -> attribute.name().equals("sub"))
            .map(AttributeType::value)
            .findFirst()
            .orElseThrow();

    AdminGetUserResponse bySub =
        clients.secondary.adminGetUser(r -> r.userPoolId(poolId).username(sub));

    assertThat(bySub.username()).isEqualTo("ada");
    assertThat(bySub.userStatus()).isEqualTo(UserStatusType.CONFIRMED);
    assertThat(bySub.userCreateDate()).isEqualTo(new TestClock().instant());
  }

  @Test
  void unknown_users_taken_names_and_weak_passwords_are_refused() {
    refused(
        () -> primary.adminGetUser(r -> r.userPoolId(poolId).username("nobody")),
        UserNotFoundException.class,
        "User does not exist.");
    refused(
        () ->
            primary.adminSetUserPassword(
                r -> r.userPoolId(poolId).username("nobody").password(PASSWORD)),
        UserNotFoundException.class,
        "User does not exist.");
    refused(
        () ->
            primary.adminUpdateUserAttributes(
                r ->
                    r.userPoolId(poolId).username("nobody").userAttributes(attribute("name", "N"))),
        UserNotFoundException.class,
        "User does not exist.");
    primary.adminCreateUser(r -> r.userPoolId(poolId).username("bob"));
    refused(
        () -> primary.adminCreateUser(r -> r.userPoolId(poolId).username("bob")),
        UsernameExistsException.class,
        "User already exists");
    refused(
        () ->
            primary.adminSetUserPassword(
                r -> r.userPoolId(poolId).username("bob").password("weak")),
        InvalidPasswordException.class,
        "Password did not conform with policy");
  }

  @ParameterizedTest
  @EnumSource
  void the_paginator_lists_every_user_once(RegionRole role) {
    List<String> names = users(25);

    List<String> listed =
        clients.in(role).listUsersPaginator(r -> r.userPoolId(poolId).limit(10)).users().stream()
            .map(UserType::username)
            .toList();

    assertThat(listed).containsExactlyElementsOf(names);
  }

  @Test
  void the_last_page_has_no_token_even_if_it_is_full() {
    users(20);
    ListUsersResponse first = primary.listUsers(r -> r.userPoolId(poolId).limit(10));
    ListUsersResponse second =
        primary.listUsers(
            r -> r.userPoolId(poolId).limit(10).paginationToken(first.paginationToken()));

    assertThat(second.users()).hasSize(10);
    assertThat(second.paginationToken()).isNull();
  }

  @Test
  void a_page_token_is_good_for_its_filter_and_its_region() {
    users(20);
    String token = primary.listUsers(r -> r.userPoolId(poolId).limit(5)).paginationToken();

    refused(
        () ->
            primary.listUsers(
                r -> r.userPoolId(poolId).filter("username ^= \"u\"").paginationToken(token)),
        InvalidParameterException.class,
        "Invalid pagination token given.");
    refused(
        () -> clients.secondary.listUsers(r -> r.userPoolId(poolId).paginationToken(token)),
        InvalidParameterException.class,
        "Invalid pagination token given.");

    stop();
    start(TestEmulators.builder().pageTokensPortable(true));
    users(20);
    String portable = primary.listUsers(r -> r.userPoolId(poolId).limit(5)).paginationToken();
    assertThat(
            clients
                .secondary
                .listUsers(r -> r.userPoolId(poolId).paginationToken(portable))
                .users())
        .hasSize(15);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "username = \"user-003\" | user-003",
        "username ^= \"user-00\" | user-000 user-001 user-002 user-003",
        "email = \"user-002@example.com\" | user-002",
        "\"email\"^=\"user-001\" | user-001",
        "cognito:user_status = \"confirmed\" | user-000 user-001 user-002 user-003",
        "status = \"Enabled\" | user-000 user-001 user-002 user-003",
        "status = \"Disabled\" | ''",
        "name = \"a \\\"quoted\\\" one\" | user-000",
        "name = \"nobody\" | ''"
      })
  void a_filter_finds_users(String filter, String expected) {
    users(4);
    primary.adminUpdateUserAttributes(
        r ->
            r.userPoolId(poolId)
                .username("user-000")
                .userAttributes(attribute("name", "a \"quoted\" one")));

    List<String> found =
        primary.listUsers(r -> r.userPoolId(poolId).filter(filter)).users().stream()
            .map(UserType::username)
            .toList();

    assertThat(String.join(" ", found)).isEqualTo(expected);
  }

  @Test
  void only_the_attributes_asked_for_are_listed() {
    users(1);

    assertThat(
            primary
                .listUsers(r -> r.userPoolId(poolId).attributesToGet("email"))
                .users()
                .get(0)
                .attributes())
        .containsExactly(attribute("email", "user-000@example.com"));
  }

  private List<String> users(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(String.format("user-%03d", i));
      clients.emulator.createUser(names.get(i), PASSWORD);
    }
    return names;
  }
}
