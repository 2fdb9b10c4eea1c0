package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.attribute;
import static io.github.twinpool.emulator.SignInFixture.PASSWORD;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeDataType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SchemaAttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolDescriptionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** Pools and app clients that are listed, deleted, and given attributes of their own. */
class PoolLifeTest {
  private static final String KEY =
      "arn:aws:kms:us-east-1:123456789012:key/mrk-00000000000000000000000000000000";

  private final SignInFixture fixture = new SignInFixture();
  private final CognitoIdentityProviderClient primary = fixture.clients.primary;
  private final CognitoIdentityProviderClient secondary = fixture.clients.secondary;
  private final RawClient raw = new RawClient();

  @AfterEach
  void stop() {
    fixture.close();
  }

  private UserPoolType pool(String name) {
    return primary.createUserPool(r -> r.poolName(name)).userPool();
  }

  private void delete(String poolId) {
    primary.deleteUserPool(r -> r.userPoolId(poolId));
  }

  @Test
  void pools_are_listed_page_by_page_and_the_secondary_lists_replicas_only() {
    List<String> made = new ArrayList<>(List.of(fixture.poolId));
    for (int i = 0; i < 6; i++) {
      made.add(pool(String.format(Locale.ROOT, "pool %d", i)).id());
    }

    List<UserPoolDescriptionType> listed =
        primary.listUserPoolsPaginator(r -> r.maxResults(3)).userPools().stream().toList();
    assertThat(listed)
        .extracting(UserPoolDescriptionType::id)
        .containsExactlyInAnyOrderElementsOf(made);
    UserPoolDescriptionType first =
        listed.stream().filter(it -> it.id().equals(fixture.poolId)).findFirst().orElseThrow();
    assertThat(first.name()).isEqualTo("twinpool");
    assertThat(first.replicaRegions()).containsExactly("us-west-2");
    assertThat(first.creationDate()).isEqualTo(fixture.clock.instant());
    assertThat(listed.stream().filter(it -> it.hasReplicaRegions())).hasSize(1);

    assertThat(secondary.listUserPools(r -> r.maxResults(60)).userPools())
        .extracting(UserPoolDescriptionType::id)
        .containsExactly(fixture.poolId);
    String token = primary.listUserPools(r -> r.maxResults(1)).nextToken();
    refused(
        () -> primary.listUserPools(r -> r.maxResults(1).nextToken("forged")),
        "InvalidParameterException",
        "Invalid pagination token given.");
    refused(
        () -> secondary.listUserPools(r -> r.maxResults(1).nextToken(token)),
        "InvalidParameterException",
        "Invalid pagination token given.");
  }

  @Test
  void a_deleted_pool_is_unknown_to_every_operation_and_so_are_its_clients_and_tokens() {
    String pool = pool("short-lived").id();
    String client =
        primary
            .createUserPoolClient(
                r ->
                    r.userPoolId(pool)
                        .clientName("c")
                        .explicitAuthFlowsWithStrings("ALLOW_USER_PASSWORD_AUTH"))
            .userPoolClient()
            .clientId();
    primary.adminCreateUser(r -> r.userPoolId(pool).username("bob"));
    primary.adminSetUserPassword(
        r -> r.userPoolId(pool).username("bob").password(PASSWORD).permanent(true));
    String token =
        primary
            .initiateAuth(
                r ->
                    r.clientId(client)
                        .authFlow("USER_PASSWORD_AUTH")
                        .authParameters(Map.of("USERNAME", "bob", "PASSWORD", PASSWORD)))
            .authenticationResult()
            .accessToken();
    URI keys =
        fixture
            .emulator
            .region(RegionRole.PRIMARY)
            .endpoint()
            .resolve("/" + pool + "/.well-known/jwks.json");
    assertThat(raw.get(keys).status()).isEqualTo(200);

    delete(pool);

    refused(
        () -> primary.describeUserPool(r -> r.userPoolId(pool)),
        "ResourceNotFoundException",
        "User pool " + pool + " does not exist.");
    refused(
        () -> delete(pool), "ResourceNotFoundException", "User pool " + pool + " does not exist.");
    refused(
        () ->
            primary.initiateAuth(
                r ->
                    r.clientId(client)
                        .authFlow("USER_PASSWORD_AUTH")
                        .authParameters(Map.of("USERNAME", "bob", "PASSWORD", PASSWORD))),
        "ResourceNotFoundException",
        "User pool client " + client + " does not exist.");
    refused(
        () -> primary.getUser(r -> r.accessToken(token)),
        "NotAuthorizedException",
        "Invalid Access Token");
    assertThat(raw.get(keys).status()).isEqualTo(404);
    assertThat(primary.listUserPools(r -> r.maxResults(60)).userPools()).hasSize(1);
  }

  /** API reference, DeletionProtection. */
  @Test
  void a_protected_pool_is_not_deleted_until_the_protection_ends() {
    String pool =
        primary
            .createUserPool(r -> r.poolName("kept").deletionProtection("ACTIVE"))
            .userPool()
            .id();
    refused(
        () -> delete(pool),
        "InvalidParameterException",
        "The user pool cannot be deleted because deletion protection is activated. Deletion"
            + " protection must be inactivated first.");
    primary.updateUserPool(r -> r.userPoolId(pool).deletionProtection("INACTIVE"));
    delete(pool);
  }

  /** Seen: hashicorp/terraform-provider-aws issue 16479. */
  @Test
  void a_pool_with_a_domain_is_not_deleted() {
    String pool = pool("with a domain").id();
    primary.createUserPoolDomain(r -> r.userPoolId(pool).domain("short-lived"));
    refused(
        () -> delete(pool),
        "InvalidParameterException",
        "User pool cannot be deleted. It has a domain configured that should be deleted first.");
    primary.deleteUserPoolDomain(r -> r.userPoolId(pool).domain("short-lived"));
    delete(pool);
  }

  @Test
  void a_pool_with_a_replica_is_not_deleted_and_the_secondary_deletes_none() {
    String pool =
        primary
            .createUserPool(
                r ->
                    r.poolName("replicated")
                        .keyConfiguration(
                            key -> key.keyType("CUSTOMER_MANAGED_KEY").kmsKeyArn(KEY)))
            .userPool()
            .id();
    primary.createUserPoolReplica(r -> r.userPoolId(pool).regionName("us-west-2"));
    refused(
        () -> delete(pool),
        "InvalidParameterException",
        "User pool cannot be deleted. It has a replica that should be deleted first.");
    refused(
        () -> secondary.deleteUserPool(r -> r.userPoolId(pool)),
        "OperationNotEnabledException",
        "DeleteUserPool is not enabled in us-west-2.");
    primary.deleteUserPoolReplica(r -> r.userPoolId(pool).regionName("us-west-2"));
    delete(pool);
    assertThat(secondary.listUserPools(r -> r.maxResults(60)).userPools()).hasSize(1);
  }

  @Test
  void a_deleted_app_client_signs_nobody_in_and_replicates() {
    String client =
        primary
            .createUserPoolClient(r -> r.userPoolId(fixture.poolId).clientName("c"))
            .userPoolClient()
            .clientId();
    refused(
        () -> secondary.deleteUserPoolClient(r -> r.userPoolId(fixture.poolId).clientId(client)),
        "OperationNotEnabledException",
        "DeleteUserPoolClient is not enabled in us-west-2.");
    primary.deleteUserPoolClient(r -> r.userPoolId(fixture.poolId).clientId(client));
    String gone = "User pool client " + client + " does not exist.";
    for (RegionRole role : RegionRole.values()) {
      refused(
          () ->
              fixture
                  .clients
                  .in(role)
                  .describeUserPoolClient(r -> r.userPoolId(fixture.poolId).clientId(client)),
          "ResourceNotFoundException",
          gone);
      refused(
          () ->
              fixture
                  .clients
                  .in(role)
                  .initiateAuth(
                      r ->
                          r.clientId(client)
                              .authFlow("USER_SRP_AUTH")
                              .authParameters(Map.of("USERNAME", "ada", "SRP_A", "2"))),
          "ResourceNotFoundException",
          gone);
    }
    refused(
        () -> primary.deleteUserPoolClient(r -> r.userPoolId(fixture.poolId).clientId(client)),
        "ResourceNotFoundException",
        gone);
  }

  private static SchemaAttributeType custom(String name) {
    return SchemaAttributeType.builder()
        .name(name)
        .attributeDataType(AttributeDataType.STRING)
        .stringAttributeConstraints(it -> it.maxLength("3"))
        .build();
  }

  @Test
  void a_custom_attribute_can_be_written_once_the_pool_has_it_and_replicates() {
    refused(
        () ->
            primary.adminUpdateUserAttributes(
                r ->
                    r.userPoolId(fixture.poolId)
                        .username("ada")
                        .userAttributes(attribute("custom:shoe", "42"))),
        "InvalidParameterException",
        "user.custom:shoe: Attribute does not exist in the schema.");

    primary.addCustomAttributes(r -> r.userPoolId(fixture.poolId).customAttributes(custom("shoe")));

    primary.adminUpdateUserAttributes(
        r ->
            r.userPoolId(fixture.poolId)
                .username("ada")
                .userAttributes(attribute("custom:shoe", "42")));
    for (RegionRole role : RegionRole.values()) {
      assertThat(
              fixture
                  .clients
                  .in(role)
                  .describeUserPool(r -> r.userPoolId(fixture.poolId))
                  .userPool()
                  .schemaAttributes())
          .anySatisfy(it -> assertThat(it.name()).isEqualTo("custom:shoe"));
    }
    assertThat(
            secondary
                .adminGetUser(r -> r.userPoolId(fixture.poolId).username("ada"))
                .userAttributes())
        .contains(attribute("custom:shoe", "42"));
    refused(
        () ->
            primary.addCustomAttributes(
                r -> r.userPoolId(fixture.poolId).customAttributes(custom("shoe"))),
        "InvalidParameterException",
        "custom:shoe: Existing attribute already has name custom:shoe.");
  }

  @Test
  void custom_attributes_are_added_on_the_primary_25_at_a_time_at_most() {
    List<SchemaAttributeType> many = new ArrayList<>();
    for (int i = 0; i < 26; i++) {
      many.add(custom("a" + i));
    }
    refused(
        () -> primary.addCustomAttributes(r -> r.userPoolId(fixture.poolId).customAttributes(many)),
        "InvalidParameterException",
        "1 validation error detected: Value at 'customAttributes' failed to satisfy constraint:"
            + " Member must have length less than or equal to 25");
    refused(
        () ->
            secondary.addCustomAttributes(
                r -> r.userPoolId(fixture.poolId).customAttributes(custom("shoe"))),
        "OperationNotEnabledException",
        "AddCustomAttributes is not enabled in us-west-2.");
  }
}
