package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.SignInFixture.PASSWORD;
import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.github.twinpool.RegionRole;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AddUserPoolClientSecretResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientDescription;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

class ClientsAndGroupsTest {
  private final SignInFixture fixture = new SignInFixture();

  @AfterEach
  void stop() {
    fixture.close();
  }

  private UserPoolClientType clientWithSecret() {
    return fixture
        .primary()
        .createUserPoolClient(
            r ->
                r.userPoolId(fixture.poolId)
                    .clientName("web")
                    .generateSecret(true)
                    .preventUserExistenceErrors("ENABLED")
                    .explicitAuthFlowsWithStrings(
                        "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"))
        .userPoolClient();
  }

  private static String hash(String secret, String username, String clientId) {
    byte[] hash =
        Hmac.sha256(
            secret.getBytes(StandardCharsets.UTF_8),
            (username + clientId).getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(hash);
  }

  private void signIn(String clientId, String secret) {
    fixture
        .primary()
        .initiateAuth(
            r ->
                r.clientId(clientId)
                    .authFlow("USER_PASSWORD_AUTH")
                    .authParameters(
                        Map.of(
                            "USERNAME",
                            "ada",
                            "PASSWORD",
                            PASSWORD,
                            "SECRET_HASH",
                            hash(secret, "ada", clientId))));
  }

  @Test
  void clients_are_listed_page_by_page_with_their_names() {
    clientWithSecret();
    clientWithSecret();
    assertThat(
            fixture
                .primary()
                .listUserPoolClientsPaginator(r -> r.userPoolId(fixture.poolId).maxResults(2))
                .userPoolClients()
                .stream()
                .map(UserPoolClientDescription::clientName))
        .containsExactlyInAnyOrder("twinpool", "web", "web");
  }

  @Test
  void a_client_has_two_secrets_at_most_each_of_them_good_until_it_is_deleted() {
    UserPoolClientType client = clientWithSecret();
    String id = client.clientId();
    AddUserPoolClientSecretResponse added =
        fixture.primary().addUserPoolClientSecret(r -> r.userPoolId(fixture.poolId).clientId(id));
    String second = added.clientSecretDescriptor().clientSecretValue();
    assertThat(added.clientSecretDescriptor().clientSecretId()).startsWith(id + "--");

    signIn(id, client.clientSecret());
    signIn(id, second);
    refused(
        () ->
            fixture
                .primary()
                .addUserPoolClientSecret(r -> r.userPoolId(fixture.poolId).clientId(id)),
        "LimitExceededException",
        "An app client can have at most 2 secrets.");
    var listed =
        fixture
            .primary()
            .listUserPoolClientSecrets(r -> r.userPoolId(fixture.poolId).clientId(id))
            .clientSecrets();
    assertThat(listed)
        .hasSize(2)
        .allSatisfy(secret -> assertThat(secret.clientSecretValue()).isNull());

    delete(id, listed.get(0).clientSecretId());
    notAuthorized(
        () -> signIn(id, client.clientSecret()), "SecretHash does not match for the client: " + id);
    signIn(id, second);
    refused(
        () -> delete(id, listed.get(1).clientSecretId()),
        "InvalidParameterException",
        "The last secret of an app client cannot be deleted.");
    refused(
        () -> delete(id, id + "--1"),
        "ResourceNotFoundException",
        "Client secret " + id + "--1 does not exist.");
  }

  private void delete(String clientId, String secretId) {
    fixture
        .primary()
        .deleteUserPoolClientSecret(
            r -> r.userPoolId(fixture.poolId).clientId(clientId).clientSecretId(secretId));
  }

  @Test
  void a_secret_of_ones_own_is_not_shown_again_and_a_public_client_gets_none() {
    UserPoolClientType client = clientWithSecret();
    String own = "ownSecretOfTwentyFourOrMore";
    assertThat(
            fixture
                .primary()
                .addUserPoolClientSecret(
                    r -> r.userPoolId(fixture.poolId).clientId(client.clientId()).clientSecret(own))
                .clientSecretDescriptor()
                .clientSecretValue())
        .isNull();
    signIn(client.clientId(), own);
    refused(
        () ->
            fixture
                .primary()
                .addUserPoolClientSecret(
                    r -> r.userPoolId(fixture.poolId).clientId(fixture.clientId)),
        "InvalidParameterException",
        "The app client has no secret to add another to.");
  }

  @Test
  void each_answer_proves_the_secret_with_the_user_name_in_it() {
    UserPoolClientType client = clientWithSecret();
    String id = client.clientId();
    String sub =
        fixture
            .primary()
            .adminGetUser(r -> r.userPoolId(fixture.poolId).username("ada"))
            .userAttributes()
            .stream()
            .filter(attribute -> attribute.name().equals("sub"))
            .findFirst()
            .orElseThrow()
            .value();
    SrpClient srp = new SrpClient();
    InitiateAuthResponse begun =
        fixture
            .primary()
            .initiateAuth(
                r ->
                    r.clientId(id)
                        .authFlow("USER_SRP_AUTH")
                        .authParameters(
                            Map.of(
                                "USERNAME", sub,
                                "SRP_A", srp.publicA(),
                                "SECRET_HASH", hash(client.clientSecret(), sub, id))));
    Map<String, String> proof =
        srp.prove(
            begun.challengeParameters(),
            fixture.poolName(),
            "ada",
            PASSWORD,
            fixture.clock.instant());

    notAuthorized(
        () -> answer(id, proof),
        "Client " + id + " is configured with secret but SECRET_HASH was not received");
    notAuthorized(
        () ->
            answer(
                id, SignInFixture.with(proof, "SECRET_HASH", hash(client.clientSecret(), sub, id))),
        "SecretHash does not match for the client: " + id);
    answer(id, SignInFixture.with(proof, "SECRET_HASH", hash(client.clientSecret(), "ada", id)));
  }

  private void answer(String clientId, Map<String, String> responses) {
    fixture
        .primary()
        .respondToAuthChallenge(
            r ->
                r.clientId(clientId)
                    .challengeName("PASSWORD_VERIFIER")
                    .challengeResponses(responses));
  }

  @Test
  void an_update_of_a_client_resets_what_it_leaves_out_but_its_secrets_and_name() {
    UserPoolClientType before = clientWithSecret();
    fixture
        .primary()
        .updateUserPoolClient(
            r -> r.userPoolId(fixture.poolId).clientId(before.clientId()).authSessionValidity(5));

    UserPoolClientType after =
        fixture
            .primary()
            .describeUserPoolClient(r -> r.userPoolId(fixture.poolId).clientId(before.clientId()))
            .userPoolClient();
    assertThat(after.clientName()).isEqualTo("web");
    assertThat(after.clientSecret()).isEqualTo(before.clientSecret());
    assertThat(after.authSessionValidity()).isEqualTo(5);
    assertThat(after.preventUserExistenceErrorsAsString()).isEqualTo("LEGACY");
    assertThat(after.explicitAuthFlowsAsStrings())
        .containsExactly("ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH");
  }

  @Test
  void groups_are_in_both_tokens_by_precedence() throws Exception {
    group("readers", 20);
    group("admins", 1);
    for (String group : new String[] {"readers", "admins"}) {
      fixture
          .primary()
          .adminAddUserToGroup(r -> r.userPoolId(fixture.poolId).username("ada").groupName(group));
    }
    AuthenticationResultType tokens = fixture.beginWithPassword().authenticationResult();
    for (String token : new String[] {tokens.accessToken(), tokens.idToken()}) {
      assertThat(SignedJWT.parse(token).getJWTClaimsSet().getStringListClaim("cognito:groups"))
          .isEqualTo(List.of("admins", "readers"));
    }
    assertThat(
            fixture
                .clients
                .in(RegionRole.SECONDARY)
                .adminListGroupsForUser(r -> r.userPoolId(fixture.poolId).username("ada"))
                .groups())
        .extracting(group -> group.groupName())
        .containsExactly("admins", "readers");

    fixture
        .primary()
        .adminRemoveUserFromGroup(
            r -> r.userPoolId(fixture.poolId).username("ada").groupName("admins"));
    assertThat(
            SignedJWT.parse(
                    fixture
                        .begin("REFRESH_TOKEN_AUTH", Map.of("REFRESH_TOKEN", tokens.refreshToken()))
                        .authenticationResult()
                        .accessToken())
                .getJWTClaimsSet()
                .getStringListClaim("cognito:groups"))
        .containsExactly("readers");
  }

  private void group(String name, int precedence) {
    fixture
        .primary()
        .createGroup(r -> r.userPoolId(fixture.poolId).groupName(name).precedence(precedence));
  }

  @Test
  void groups_are_shown_listed_in_pages_and_made_once() {
    for (String name : new String[] {"a", "b", "c"}) {
      group(name, 1);
    }
    assertThat(
            fixture
                .primary()
                .getGroup(r -> r.userPoolId(fixture.poolId).groupName("b"))
                .group()
                .precedence())
        .isEqualTo(1);
    assertThat(
            fixture
                .primary()
                .listGroupsPaginator(r -> r.userPoolId(fixture.poolId).limit(2))
                .groups())
        .extracting(group -> group.groupName())
        .containsExactly("a", "b", "c");
    refused(() -> group("a", 2), "GroupExistsException", "A group with the name already exists.");
    refused(
        () -> fixture.primary().getGroup(r -> r.userPoolId(fixture.poolId).groupName("d")),
        "ResourceNotFoundException",
        "Group not found.");
  }
}
