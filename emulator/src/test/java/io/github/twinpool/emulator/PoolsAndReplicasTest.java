package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.AccountTest.refused;
import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.InvalidUserPoolException;
import io.github.twinpool.RegionRole;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.FeatureUnavailableInTierException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LimitExceededException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OperationNotEnabledException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ReplicaStatusType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolReplicaType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** Replicas rest on the facts page, "The shape". */
class PoolsAndReplicasTest {
  /** The key of the pool made at start. */
  private static final String KEY =
      "arn:aws:kms:us-east-1:123456789012:key/mrk-00000000000000000000000000000000";

  private final TestClock clock = new TestClock();
  private EmulatorClients clients;
  private CognitoIdentityProviderClient primary;

  @BeforeEach
  void start() {
    clients =
        new EmulatorClients(
            TestEmulators.builder()
                .withoutReplica()
                .replicaDelay(Duration.ofMinutes(1))
                .clock(clock)
                .start());
    clients.emulator.createUser("ada", PASSWORD);
    primary = clients.primary;
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  @Test
  void a_replica_is_made_activated_deactivated_and_deleted() {
    String pool = clients.emulator.userPool().id();
    UserPoolReplicaType made =
        primary
            .createUserPoolReplica(
                r -> r.userPoolId(pool).regionName("us-west-2").userPoolTags(Map.of("a", "b")))
            .userPoolReplica();
    assertThat(made.status()).isEqualTo(ReplicaStatusType.CREATING);
    assertThat(made.roleAsString()).isEqualTo("SECONDARY");
    assertThat(made.userPoolArn())
        .isEqualTo("arn:aws:cognito-idp:us-west-2:123456789012:userpool/" + pool);
    refused(
        () -> update(pool, "ACTIVE"), InvalidParameterException.class, "The replica is CREATING");

    clock.advance(Duration.ofMinutes(1));
    assertThat(statuses(pool)).containsExactly("PRIMARY ACTIVE", "SECONDARY INACTIVE");
    assertThatThrownBy(() -> clients.signIn(RegionRole.SECONDARY, "ada", PASSWORD))
        .isInstanceOf(OperationNotEnabledException.class);
    assertThat(clients.secondary.adminGetUser(r -> r.userPoolId(pool).username("ada")).username())
        .isEqualTo("ada");

    assertThat(update(pool, "ACTIVE").status()).isEqualTo(ReplicaStatusType.ACTIVE);
    assertThat(clients.signIn(RegionRole.SECONDARY, "ada", PASSWORD)).isNotNull();
    refused(
        () -> delete(pool),
        InvalidParameterException.class,
        "The replica is ACTIVE, only an INACTIVE");

    update(pool, "INACTIVE");
    assertThat(delete(pool).status()).isEqualTo(ReplicaStatusType.DELETING);
    clock.advance(Duration.ofMinutes(1));
    assertThat(statuses(pool)).containsExactly("PRIMARY ACTIVE");
    assertThatThrownBy(() -> clients.signIn(RegionRole.SECONDARY, "ada", PASSWORD))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void a_replica_is_listed_a_while_after_it_was_made_and_may_begin_as_in_the_guides_samples() {
    try (EmulatorClients slow =
        new EmulatorClients(
            TestEmulators.builder()
                .withoutReplica()
                .replicaDelay(Duration.ofMinutes(1))
                .consistencyDelay(Duration.ofSeconds(5))
                .pendingCreate(true)
                .clock(clock)
                .start())) {
      String pool = slow.emulator.userPool().id();
      assertThat(
              slow.primary
                  .createUserPoolReplica(r -> r.userPoolId(pool).regionName("us-west-2"))
                  .userPoolReplica()
                  .statusAsString())
          .isEqualTo("PENDING_CREATE");
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        slow.primary.listUserPoolReplicas(r -> r.userPoolId(pool)).userPoolReplicas().stream()
            .filter(it -> it.roleAsString().equals("SECONDARY"))
            .forEach(it -> seen.add(it.statusAsString()));
        clock.advance(Duration.ofSeconds(i == 0 ? 10 : 30));
      }
      assertThat(seen).containsExactly("PENDING_CREATE", "CREATING", "INACTIVE");
    }
  }

  @Test
  void a_pool_has_at_most_one_replica_in_the_secondary_region_and_a_key_for_it() {
    String pool = clients.emulator.userPool().id();
    refused(
        () -> create(pool, "eu-west-1"), InvalidParameterException.class, "A replica can be in");
    create(pool, "us-west-2");
    refused(() -> create(pool, "us-west-2"), LimitExceededException.class, "User pool " + pool);
    refused(() -> update("us-east-1_None", "ACTIVE"), ResourceNotFoundException.class, "User pool");

    String plain = primary.createUserPool(r -> r.poolName("plain")).userPool().id();
    refused(
        () -> create(plain, "us-west-2"),
        InvalidParameterException.class,
        "Replicas want a KeyConfiguration");
    refused(() -> update(plain, "ACTIVE"), ResourceNotFoundException.class, "User pool " + plain);
    String lite = primary.createUserPool(r -> r.poolName("l").userPoolTier("LITE")).userPool().id();
    refused(
        () -> create(lite, "us-west-2"), FeatureUnavailableInTierException.class, "Replicas want");
  }

  @Test
  void a_pool_is_described_as_it_was_made_with_the_regions_own_arn_and_tags() {
    UserPoolType made =
        primary
            .createUserPool(
                r ->
                    r.poolName("mine")
                        .userPoolTags(Map.of("team", "red"))
                        .keyConfiguration(k -> k.keyType("CUSTOMER_MANAGED_KEY").kmsKeyArn(KEY))
                        .issuerConfiguration(i -> i.type("UPDATED"))
                        .policies(p -> p.passwordPolicy(w -> w.minimumLength(12))))
            .userPool();
    assertThat(made.id()).startsWith("us-east-1_");
    create(made.id(), "us-west-2");

    UserPoolType inPrimary = primary.describeUserPool(r -> r.userPoolId(made.id())).userPool();
    UserPoolType inSecondary =
        clients.secondary.describeUserPool(r -> r.userPoolId(made.id())).userPool();

    assertThat(inPrimary).isEqualTo(made);
    assertThat(inPrimary.arn()).contains(":us-east-1:").endsWith("userpool/" + made.id());
    assertThat(inPrimary.userPoolTags()).containsEntry("team", "red");
    assertThat(inPrimary.issuerConfiguration().typeAsString()).isEqualTo("UPDATED");
    assertThat(inPrimary.keyConfiguration().kmsKeyArn()).isEqualTo(KEY);
    assertThat(inPrimary.policies().passwordPolicy().minimumLength()).isEqualTo(12);
    assertThat(inPrimary.creationDate()).isEqualTo(clock.instant());
    assertThat(inSecondary.arn()).contains(":us-west-2:").endsWith("userpool/" + made.id());
    assertThat(inSecondary.userPoolTags()).isEmpty();
    assertThat(inSecondary.name()).isEqualTo("mine");
  }

  @Test
  void an_update_resets_what_it_leaves_out() {
    String pool =
        primary
            .createUserPool(
                r ->
                    r.poolName("mine")
                        .mfaConfiguration("OPTIONAL")
                        .smsConfiguration(SignInFixture.anySender())
                        .usernameConfiguration(u -> u.caseSensitive(false))
                        .issuerConfiguration(i -> i.type("UPDATED")))
            .userPool()
            .id();

    primary.updateUserPool(r -> r.userPoolId(pool).userPoolTags(Map.of("x", "y")));

    UserPoolType updated = primary.describeUserPool(r -> r.userPoolId(pool)).userPool();
    assertThat(updated.name()).isEqualTo("mine");
    assertThat(updated.mfaConfigurationAsString()).isEqualTo("OFF");
    assertThat(updated.issuerConfiguration().typeAsString()).isEqualTo("ORIGINAL");
    assertThat(updated.usernameConfiguration().caseSensitive()).isFalse();
    assertThat(updated.userPoolTags()).containsEntry("x", "y");
  }

  @Test
  void users_of_two_pools_have_nothing_to_do_with_each_other() {
    String other = primary.createUserPool(r -> r.poolName("other")).userPool().id();

    refused(
        () -> primary.adminGetUser(r -> r.userPoolId(other).username("ada")),
        UserNotFoundException.class,
        "User does not exist.");
    refused(
        () ->
            primary.adminInitiateAuth(
                r ->
                    r.userPoolId(other)
                        .clientId(clients.emulator.clientId())
                        .authFlow("ADMIN_USER_PASSWORD_AUTH")
                        .authParameters(Map.of("USERNAME", "ada", "PASSWORD", PASSWORD))),
        ResourceNotFoundException.class,
        "User pool client");
  }

  @Test
  void user_names_differ_by_case_unless_the_pool_says_otherwise() {
    String pool =
        primary
            .createUserPool(r -> r.poolName("p").usernameConfiguration(u -> u.caseSensitive(false)))
            .userPool()
            .id();
    primary.adminCreateUser(r -> r.userPoolId(pool).username("Bob"));

    assertThat(primary.adminGetUser(r -> r.userPoolId(pool).username("bOB")).username())
        .isEqualTo("Bob");
    refused(
        () ->
            primary.adminGetUser(
                r -> r.userPoolId(clients.emulator.userPool().id()).username("ADA")),
        UserNotFoundException.class,
        "User does not exist.");
  }

  @Test
  void a_client_with_a_secret_wants_its_hash() throws Exception {
    UserPoolClientType client =
        client(List.of("ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"), true);
    assertThat(client.clientSecret()).hasSizeBetween(24, 64);

    refused(
        () -> signIn(client, Map.of()),
        NotAuthorizedException.class,
        "Client "
            + client.clientId()
            + " is configured with secret but SECRET_HASH was not received");
    refused(
        () -> signIn(client, Map.of("SECRET_HASH", "d3Jvbmc=")),
        NotAuthorizedException.class,
        "SecretHash does not match for the client: " + client.clientId());
    Map<String, String> hash =
        Map.of("SECRET_HASH", secretHash(client.clientSecret(), "ada" + client.clientId()));
    String refreshToken = signIn(client, hash);

    refused(
        () ->
            primary.getTokensFromRefreshToken(
                r -> r.clientId(client.clientId()).refreshToken(refreshToken)),
        NotAuthorizedException.class,
        "Unable to verify secret for client");
    assertThat(
            primary.getTokensFromRefreshToken(
                r ->
                    r.clientId(client.clientId())
                        .clientSecret(client.clientSecret())
                        .refreshToken(refreshToken)))
        .isNotNull();
  }

  @Test
  void a_client_allows_the_flows_it_was_made_with_and_cognitos_default_has_no_password_flow() {
    UserPoolClientType plain =
        primary
            .createUserPoolClient(
                r -> r.userPoolId(clients.emulator.userPool().id()).clientName("plain"))
            .userPoolClient();

    assertThat(plain.explicitAuthFlowsAsStrings())
        .containsExactlyInAnyOrder(
            "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH");
    assertThat(plain.preventUserExistenceErrorsAsString()).isEqualTo("LEGACY");
    refused(
        () -> signIn(plain, Map.of()),
        InvalidParameterException.class,
        "USER_PASSWORD_AUTH flow not enabled for this client");
    refused(
        () ->
            primary.initiateAuth(
                r -> r.clientId(plain.clientId()).authFlow("ADMIN_USER_PASSWORD_AUTH")),
        InvalidParameterException.class,
        "Initiate Auth method not supported.");
  }

  @Test
  void a_legacy_client_tells_unknown_users_from_wrong_passwords() {
    UserPoolClientType client = client(List.of("ALLOW_USER_PASSWORD_AUTH"), false);

    refused(
        () ->
            primary.initiateAuth(
                r ->
                    r.clientId(client.clientId())
                        .authFlow("USER_PASSWORD_AUTH")
                        .authParameters(Map.of("USERNAME", "nobody", "PASSWORD", "x"))),
        UserNotFoundException.class,
        "User does not exist.");
  }

  @Test
  void an_administrator_signs_a_user_in() {
    assertThat(
            primary
                .adminInitiateAuth(
                    r ->
                        r.userPoolId(clients.emulator.userPool().id())
                            .clientId(clients.emulator.clientId())
                            .authFlow("ADMIN_USER_PASSWORD_AUTH")
                            .authParameters(Map.of("USERNAME", "ada", "PASSWORD", PASSWORD)))
                .authenticationResult()
                .accessToken())
        .isNotBlank();
  }

  @Test
  void a_builder_names_the_value_that_it_refuses() {
    assertThatThrownBy(() -> TestEmulators.builder().primaryPort(70_000))
        .hasMessage("primaryPort: 70000 is not from 0 to 65535");
    assertThatThrownBy(() -> TestEmulators.builder().replicationLag(Duration.ofSeconds(-1)))
        .hasMessage("replicationLag: PT-1S is not from 0 to 1 day");
    assertThatThrownBy(
            () ->
                TestEmulators.builder().primaryRegion("us-east-1").poolId("eu-west-1_Abc").start())
        .isInstanceOf(InvalidUserPoolException.class)
        .hasMessageContaining("us-east-1");
    assertThatThrownBy(() -> TestEmulators.builder().secondaryRegion("us-east-1").start())
        .isInstanceOf(InvalidUserPoolException.class);
    assertThatThrownBy(() -> clients.emulator.createUser("ada", PASSWORD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("username 'ada': User already exists");
  }

  private UserPoolClientType client(List<String> flows, boolean secret) {
    return primary
        .createUserPoolClient(
            r ->
                r.userPoolId(clients.emulator.userPool().id())
                    .clientName("test")
                    .generateSecret(secret)
                    .explicitAuthFlowsWithStrings(flows))
        .userPoolClient();
  }

  private String signIn(UserPoolClientType client, Map<String, String> more) {
    Map<String, String> parameters = new HashMap<>(more);
    parameters.put("USERNAME", "ada");
    parameters.put("PASSWORD", PASSWORD);
    return primary
        .initiateAuth(
            r ->
                r.clientId(client.clientId())
                    .authFlow("USER_PASSWORD_AUTH")
                    .authParameters(parameters))
        .authenticationResult()
        .refreshToken();
  }

  private static String secretHash(String secret, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void create(String pool, String region) {
    primary.createUserPoolReplica(r -> r.userPoolId(pool).regionName(region));
  }

  private UserPoolReplicaType update(String pool, String status) {
    return primary
        .updateUserPoolReplica(r -> r.userPoolId(pool).regionName("us-west-2").status(status))
        .userPoolReplica();
  }

  private UserPoolReplicaType delete(String pool) {
    return primary
        .deleteUserPoolReplica(r -> r.userPoolId(pool).regionName("us-west-2"))
        .userPoolReplica();
  }

  private List<String> statuses(String pool) {
    return primary.listUserPoolReplicas(r -> r.userPoolId(pool)).userPoolReplicas().stream()
        .map(replica -> replica.roleAsString() + " " + replica.statusAsString())
        .toList();
  }
}
