package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.SignInFixture.PASSWORD;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GroupType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUsersInGroupResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserType;

/** Groups that change and end, and the users in them. */
class GroupLifeTest {
  private final SignInFixture fixture = new SignInFixture();
  private final CognitoIdentityProviderClient primary = fixture.clients.primary;

  @BeforeEach
  void group() {
    create();
  }

  private void create() {
    primary.createGroup(
        r ->
            r.userPoolId(fixture.poolId)
                .groupName("admins")
                .description("all of them")
                .precedence(7));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void join(String username) {
    primary.adminAddUserToGroup(
        r -> r.userPoolId(fixture.poolId).groupName("admins").username(username));
  }

  private GroupType group(RegionRole role) {
    return fixture
        .clients
        .in(role)
        .getGroup(r -> r.userPoolId(fixture.poolId).groupName("admins"))
        .group();
  }

  private ListUsersInGroupResponse users(RegionRole role) {
    return fixture
        .clients
        .in(role)
        .listUsersInGroup(r -> r.userPoolId(fixture.poolId).groupName("admins"));
  }

  @Test
  void an_update_changes_what_it_names_and_the_time_of_the_last_change() {
    fixture.clock.advance(Duration.ofMinutes(1));
    GroupType updated =
        primary
            .updateGroup(r -> r.userPoolId(fixture.poolId).groupName("admins").precedence(1))
            .group();

    assertThat(updated.precedence()).isEqualTo(1);
    assertThat(updated.description()).isEqualTo("all of them");
    assertThat(Duration.between(updated.creationDate(), updated.lastModifiedDate()))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(group(RegionRole.SECONDARY)).isEqualTo(updated);
  }

  @Test
  void a_deleted_group_is_in_no_token_and_one_that_is_made_again_is_empty() throws Exception {
    join("ada");
    primary.deleteGroup(r -> r.userPoolId(fixture.poolId).groupName("admins"));

    for (RegionRole role : RegionRole.values()) {
      refused(() -> group(role), "ResourceNotFoundException", "Group not found.");
      refused(() -> users(role), "ResourceNotFoundException", "Group not found.");
      String token =
          fixture
              .begin(role, "USER_PASSWORD_AUTH", Map.of("USERNAME", "ada", "PASSWORD", PASSWORD))
              .authenticationResult()
              .accessToken();
      JWTClaimsSet claims = DomainFixture.claims(token);
      assertThat(claims.getClaim("cognito:groups")).isNull();
    }
    create();
    assertThat(users(RegionRole.PRIMARY).users()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void the_users_of_a_group_are_listed_page_by_page_in_either_region(RegionRole role) {
    for (int i = 0; i < 5; i++) {
      String name = String.format(Locale.ROOT, "user-%03d", i);
      fixture.emulator.createUser(name, PASSWORD);
      if (i != 2) {
        join(name);
      }
    }
    List<String> listed =
        fixture
            .clients
            .in(role)
            .listUsersInGroupPaginator(
                r -> r.userPoolId(fixture.poolId).groupName("admins").limit(2))
            .users()
            .stream()
            .map(UserType::username)
            .toList();
    assertThat(listed).containsExactly("user-000", "user-001", "user-003", "user-004");

    primary.adminDeleteUser(r -> r.userPoolId(fixture.poolId).username("user-001"));
    assertThat(users(role).users()).hasSize(3);
    assertThat(users(role).nextToken()).isNull();
  }

  @Test
  void a_page_token_is_good_for_its_group_and_its_region() {
    fixture.emulator.createUser("bob", PASSWORD);
    join("ada");
    join("bob");
    String token =
        Objects.requireNonNull(
            primary
                .listUsersInGroup(r -> r.userPoolId(fixture.poolId).groupName("admins").limit(1))
                .nextToken());
    primary.createGroup(r -> r.userPoolId(fixture.poolId).groupName("others"));

    refused(
        () ->
            primary.listUsersInGroup(
                r -> r.userPoolId(fixture.poolId).groupName("others").nextToken(token)),
        "InvalidParameterException",
        "Invalid pagination token given.");
    refused(
        () ->
            fixture.clients.secondary.listUsersInGroup(
                r -> r.userPoolId(fixture.poolId).groupName("admins").nextToken(token)),
        "InvalidParameterException",
        "Invalid pagination token given.");
  }

  @Test
  void the_secondary_lists_and_does_not_change() {
    assertThat(users(RegionRole.SECONDARY).users()).isEmpty();
    fixture.emulator.replicationLag(Duration.ofSeconds(5));
    join("ada");
    assertThat(users(RegionRole.SECONDARY).users()).isEmpty();
    fixture.clock.advance(Duration.ofSeconds(5));
    assertThat(users(RegionRole.SECONDARY).users())
        .extracting(UserType::username)
        .containsExactly("ada");
    refused(
        () ->
            fixture.clients.secondary.updateGroup(
                r -> r.userPoolId(fixture.poolId).groupName("admins").precedence(1)),
        "OperationNotEnabledException",
        "UpdateGroup is not enabled in us-west-2.");
    refused(
        () ->
            fixture.clients.secondary.deleteGroup(
                r -> r.userPoolId(fixture.poolId).groupName("admins")),
        "OperationNotEnabledException",
        "DeleteGroup is not enabled in us-west-2.");
  }

  @Test
  void unknown_groups_are_refused() {
    refused(
        () -> primary.deleteGroup(r -> r.userPoolId(fixture.poolId).groupName("none")),
        "ResourceNotFoundException",
        "Group not found.");
    refused(
        () -> primary.updateGroup(r -> r.userPoolId(fixture.poolId).groupName("none")),
        "ResourceNotFoundException",
        "Group not found.");
  }
}
