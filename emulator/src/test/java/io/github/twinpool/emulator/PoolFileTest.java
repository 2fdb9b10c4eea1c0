package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.InvalidUserPoolException;
import io.github.twinpool.RegionRole;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserStatusType;

class PoolFileTest {
  private static final String FULL =
      """
      pools:
        - id: us-east-1_SHOP
          settings:
            PoolName: shop
            MfaConfiguration: OFF          # YAML 1.1 reads this as a Boolean
            AliasAttributes: [email]
          mfa:
            MfaConfiguration: OPTIONAL
            SoftwareTokenMfaConfiguration: {Enabled: true}
          groups:
            - admins
            - {GroupName: staff, Precedence: 5}
          resource-servers:
            - Identifier: orders
              Name: Orders
              Scopes: [{ScopeName: read, ScopeDescription: Read}]
          identity-providers:
            - ProviderName: Partner
              ProviderType: OIDC
              ProviderDetails:
                client_id: shop
                client_secret: partners-secret
                attributes_request_method: GET
                oidc_issuer: https://partner.example
                authorize_scopes: openid
          clients:
            - id: shopweb
            - id: shopmachine
              secret: 0123456789012345678901234567
              settings:
                AllowedOAuthFlowsUserPoolClient: true
                AllowedOAuthFlows: [client_credentials]
                AllowedOAuthScopes: [orders/read]
          users:
            - username: ada
              password: Correct-Horse-7
              groups: [admins, staff]
              attributes: {email: ada@shop.example, email_verified: true, birthdate: 1815-12-10}
            - username: bob
              password: 0123456
              status: FORCE_CHANGE_PASSWORD
        - id: us-east-1_PARTNERS
          users:
            - username: eve@partner.example
              password: Correct-Horse-7
      """;

  @TempDir private Path folder;

  private static CognitoEmulator start(String yaml) {
    return TestEmulators.builder().poolsYaml(yaml).start();
  }

  @Test
  void pools_clients_groups_and_users_of_a_file_are_there_in_both_regions() throws Exception {
    Path file = Files.writeString(folder.resolve("pools.yaml"), FULL);
    try (EmulatorClients clients =
        new EmulatorClients(TestEmulators.builder().pools(file).start())) {
      assertAllIsThere(clients);
      clients.emulator.reset();
      assertAllIsThere(clients);
    }
  }

  private static void assertAllIsThere(EmulatorClients clients) {
    CognitoEmulator emulator = clients.emulator;
    String pool = "us-east-1_SHOP";
    assertThat(emulator.userPool().id()).isEqualTo(pool);
    assertThat(emulator.clientId()).isEqualTo("shopweb");
    assertThat(emulator.clientSecret()).isEmpty();
    assertThat(emulator.clientIds()).containsExactlyInAnyOrder("shopweb", "shopmachine");
    for (RegionRole role : RegionRole.values()) {
      assertThat(clients.signIn(role, "ada@shop.example", PASSWORD).accessToken()).isNotEmpty();
      assertThat(
              clients
                  .in(role)
                  .adminListGroupsForUser(r -> r.userPoolId(pool).username("ada"))
                  .groups())
          .extracting(group -> group.groupName() + " " + group.precedence())
          .containsExactly("admins null", "staff 5");
      assertThat(
              clients
                  .in(role)
                  .adminGetUser(
                      r -> r.userPoolId("us-east-1_PARTNERS").username("eve@partner.example"))
                  .userStatus())
          .isEqualTo(UserStatusType.CONFIRMED);
    }
    assertThat(
            clients.primary.adminGetUser(r -> r.userPoolId(pool).username("ada")).userAttributes())
        .contains(
            AttributeType.builder().name("birthdate").value("1815-12-10").build(),
            AttributeType.builder().name("email_verified").value("true").build());
    InitiateAuthResponse bobs =
        clients.primary.initiateAuth(
            r ->
                r.clientId("shopweb")
                    .authFlow("USER_PASSWORD_AUTH")
                    .authParameters(Map.of("USERNAME", "bob", "PASSWORD", "0123456")));
    assertThat(bobs.challengeNameAsString()).isEqualTo("NEW_PASSWORD_REQUIRED");
    assertThat(clients.primary.getUserPoolMfaConfig(r -> r.userPoolId(pool)))
        .satisfies(
            mfa -> {
              assertThat(mfa.mfaConfiguration()).isEqualTo(UserPoolMfaType.OPTIONAL);
              assertThat(mfa.softwareTokenMfaConfiguration().enabled()).isTrue();
            });
    UserPoolClientType machine =
        clients
            .primary
            .describeUserPoolClient(r -> r.userPoolId(pool).clientId("shopmachine"))
            .userPoolClient();
    assertThat(machine.clientSecret()).isEqualTo("0123456789012345678901234567");
    assertThat(machine.allowedOAuthScopes()).containsExactly("orders/read");
    assertThat(
            clients
                .primary
                .describeIdentityProvider(r -> r.userPoolId(pool).providerName("Partner"))
                .identityProvider()
                .providerDetails())
        .containsEntry("oidc_issuer", "https://partner.example");
  }

  @Test
  void what_the_builder_says_of_the_first_pool_goes_before_the_file() {
    String secret = "9876543210987654321098765432";
    try (CognitoEmulator emulator =
        TestEmulators.builder()
            .poolsYaml(FULL)
            .poolId("us-east-1_OTHER")
            .clientId("other")
            .clientSecret(secret)
            .user("cleo", PASSWORD)
            .start()) {
      assertThat(emulator.userPool().id()).isEqualTo("us-east-1_OTHER");
      assertThat(emulator.clientId()).isEqualTo("other");
      assertThat(emulator.clientSecret()).hasValue(secret);
      assertThat(emulator.clientIds()).containsExactlyInAnyOrder("other", "shopmachine");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> emulator.createUser("cleo", PASSWORD))
          .withMessageContaining("User already exists");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> emulator.createUser("ada", PASSWORD))
          .withMessageContaining("User already exists");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "pool: []|pools, line 1: 'pool' is unknown, did you mean 'pools'?",
        "pools: []|pools, line 1: 'pools' must name at least one pool",
        "other: 1|pools, line 1: 'other' is unknown, known are: pools",
        "- a|pools, line 1: keys and values must stand here",
        "''|pools, line 1: keys and values must stand here",
        "pools:#- id: x#  user: []|pools, line 3: 'user' is unknown, did you mean 'users'?",
        "pools:#- users:#  - username: ada#    pasword: s3cret|"
            + "pools, line 4: 'pasword' is unknown, did you mean 'password'?",
        "pools:#- users:#  - password: s3cret|pools, line 3: 'username' is missing",
        "pools:#- users:#  - username: [a]|pools, line 3: a text must stand here",
        "pools:#- users:#  - username: a#    password:|pools, line 4: a text must stand here",
        "pools:#- users: ada|pools, line 2: a list must stand here",
        "pools:#- id: a#  id: b|pools, line 3: 'id' is there twice",
        "pools:#- users:#  - username: a#    status: BUSY|pools, line 4: 'BUSY' is not one of "
            + "[CONFIRMED, UNCONFIRMED, FORCE_CHANGE_PASSWORD, RESET_REQUIRED]",
        "pools:#- settings:#    MfaConfig: ON|"
            + "pools, line 3: 'MfaConfig' is unknown, known are: PoolName, Policies, ",
        "pools:#- settings:#    MfaConfigurations: ON|"
            + "pools, line 3: 'MfaConfigurations' is unknown, did you mean 'MfaConfiguration'?",
        "pools:#- settings:#    Policies: {PasswordPolicy: {MinLength: 6}}|"
            + "pools, line 3: 'MinLength' is unknown, known are: MinimumLength, ",
        "pools:#- settings: {KeyConfiguration: {KeyType: AWS_OWNED_KEY}}|"
            + "pools, line 2: 'KeyConfiguration' cannot be set here",
        "pools:#- clients:#  - settings: {ClientSecret: s3cret}|"
            + "pools, line 3: 'ClientSecret' cannot be set here",
        "pools:#- clients:#  - id: my-app|"
            + "pools, line 3: id 'my-app': not 1 to 128 letters, digits, _ and +",
        "pools:#- clients:#  - secret: s3cret|"
            + "pools, line 3: secret: not 24 to 64 letters, digits, _ and +",
        "pools:#- groups: [{Name: a}]|"
            + "pools, line 2: 'Name' is unknown, known are: GroupName, ",
        "pools: [|pools, line 1: expected the node content, but found '<stream end>'",
        "pools: {x: s3cret|pools, line 1: expected ',' or '}', but got <stream end>",
        "!!java.net.URL [http://127.0.0.1]|pools, line 1: Global tag is not allowed: "
            + "tag:yaml.org,2002:java.net.URL"
      })
  void a_mistake_is_named_with_its_line_and_without_values_that_are_secret(
      String yaml, String complaint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestEmulators.builder().poolsYaml(yaml.replace('#', '\n')))
        .satisfies(
            e -> {
              assertThat(e.getMessage()).startsWith(complaint).doesNotContain("s3cret");
              assertThat(e.getCause()).isNull();
            });
  }

  @Test
  void an_empty_text_and_a_node_that_contains_itself_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestEmulators.builder().poolsYaml("# nothing"))
        .withMessage("pools: it is empty");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                TestEmulators.builder()
                    .poolsYaml("pools:\n- settings: {UserPoolTags: &a {loop: *a}}\n"))
        .withMessageContaining("line 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "settings: {MfaConfiguration: MAYBE}|pools, line 2: 1 validation error detected: "
            + "Value 'MAYBE' at 'mfaConfiguration' failed",
        "groups: [a, a]|pools, line 2: A group with the name already exists.",
        "clients: [{settings: {AllowedOAuthScopes: [orders/read]}}]|pools, line 2: "
            + "Invalid scope requested: orders/read",
        "clients: [{id: a}, {id: a}]|pools, line 2: there are two app clients with the ID a",
        "users: [{username: a, groups: [b]}]|pools, line 2, group b: Group not found.",
        "users: [{username: a}, {username: a}]|pools, line 2: User already exists",
        "users: [{username: a, attributes: {email: nobody}}]|pools, line 2: "
            + "Invalid email address format."
      })
  void what_cognito_would_refuse_is_refused_at_start_with_its_line(String pool, String complaint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start("pools:\n- " + pool + "\n"))
        .withMessageStartingWith(complaint);
  }

  @Test
  void two_pools_of_one_id_and_a_pool_of_another_region_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start("pools:\n- id: us-east-1_A\n- id: us-east-1_A\n"))
        .withMessage("pools, line 3: there are two pools with the ID us-east-1_A");
    assertThatThrownBy(() -> start("pools:\n- id: eu-west-1_A\n- id: us-east-1_A\n"))
        .isInstanceOf(InvalidUserPoolException.class);
  }

  @Test
  void the_primary_region_is_that_of_the_pools_id() {
    try (CognitoEmulator byFile = start("pools:\n- id: eu-west-1_A\n");
        CognitoEmulator byBuilder = TestEmulators.builder().poolId("eu-central-1_A").start()) {
      assertThat(byFile.region(RegionRole.PRIMARY).name()).isEqualTo("eu-west-1");
      assertThat(byBuilder.userPool().primaryRegion()).isEqualTo("eu-central-1");
    }
  }

  @Test
  void a_file_that_cannot_be_read_is_named() {
    Path missing = folder.resolve("missing.yaml");
    assertThatThrownBy(() -> TestEmulators.builder().pools(missing))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void client_ids_and_secrets_by_the_builder_are_checked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestEmulators.builder().clientId("my app"))
        .withMessage("clientId 'my app': not 1 to 128 letters, digits, _ and +");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestEmulators.builder().clientSecret("s3cret"))
        .withMessage("clientSecret: not 24 to 64 letters, digits, _ and +");
    assertThat(List.of(new StartPool.Client("", "a", "s3cret", WireJson.object())).toString())
        .doesNotContain("s3cret");
    assertThat(StartPool.User.confirmed("a", "s3cret").toString()).doesNotContain("s3cret");
  }
}
