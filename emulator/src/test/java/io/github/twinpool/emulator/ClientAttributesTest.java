package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/**
 * Rests on the API reference, CreateUserPoolClient (ReadAttributes, WriteAttributes), and on the
 * developer guide, "Attribute permissions and scopes".
 */
class ClientAttributesTest {
  private static final String UNAUTHORIZED = "A client attempted to write unauthorized attribute";
  private static final Map<String, String> ADA =
      Map.of(
          "email", "ada@example.com",
          "email_verified", "true",
          "name", "Ada",
          "custom:team", "red");

  private EmulatorClients clients;
  private OwnPool pool;

  @BeforeEach
  void start() {
    clients = new EmulatorClients(TestEmulators.start());
    pool =
        OwnPool.of(
            clients,
            r ->
                r.schema(
                    OwnPool.schema(
                        a -> a.name("email").required(true),
                        a -> a.name("team").attributeDataType("String"))));
    pool.user("ada", ADA);
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  @Test
  void a_client_reads_the_attributes_of_its_list() {
    OwnPool own = pool.withClient(r -> r.readAttributes("name", "custom:team"));
    String token = own.signIn("ada").accessToken();

    assertThat(OwnPool.map(own.cognito().getUser(r -> r.accessToken(token)).userAttributes()))
        .containsOnlyKeys("name", "custom:team");
    assertThat(OwnPool.claims(own.signIn("ada").idToken()).getClaims())
        .containsEntry("name", "Ada")
        .containsEntry("custom:team", "red")
        .containsKey("sub")
        .doesNotContainKeys("email", "email_verified");
    assertThat(own.attributesOf("ada")).isEqualTo(new TreeMap<>(ADA));
  }

  @Test
  void a_client_without_a_list_reads_the_standard_attributes() {
    String token = pool.signIn("ada").accessToken();

    assertThat(OwnPool.map(pool.cognito().getUser(r -> r.accessToken(token)).userAttributes()))
        .containsOnlyKeys("email", "email_verified", "name");
    assertThat(OwnPool.claims(pool.signIn("ada").idToken()).getClaims())
        .containsKeys("email", "email_verified", "name")
        .doesNotContainKey("custom:team");
  }

  @Test
  void a_client_writes_the_attributes_of_its_list_only() {
    OwnPool own = pool.withClient(r -> r.writeAttributes("email", "custom:team"));
    String token = own.signIn("ada").accessToken();

    own.update(token, Map.of("custom:team", "blue"));
    notAuthorized(() -> own.update(token, Map.of("name", "Augusta")), UNAUTHORIZED);
    notAuthorized(
        () -> own.signUp("bob", Map.of("email", "bob@example.com", "name", "Bob")), UNAUTHORIZED);

    assertThat(own.signUp("bob", Map.of("email", "bob@example.com")).userSub()).isNotBlank();
    assertThat(own.attributesOf("ada"))
        .containsEntry("custom:team", "blue")
        .containsEntry("name", "Ada");
  }

  @Test
  void a_new_password_brings_what_the_client_may_write_only() {
    OwnPool own = pool.withClient(r -> r.writeAttributes("email", "custom:team"));
    own.createAsAdministrator("bob", Map.of("email", "bob@example.com"));
    String session = own.begin("bob").session();
    Map<String, String> responses =
        Map.of("USERNAME", "bob", "NEW_PASSWORD", "New-Horse-8!", "userAttributes.name", "Bob");

    notAuthorized(() -> own.answer("NEW_PASSWORD_REQUIRED", session, responses), UNAUTHORIZED);
    own.answer(
        "NEW_PASSWORD_REQUIRED", session, SignInFixture.without(responses, "userAttributes.name"));
  }

  @Test
  void a_client_without_a_list_writes_no_custom_attributes() {
    String token = pool.signIn("ada").accessToken();

    pool.update(token, Map.of("name", "Augusta"));
    notAuthorized(() -> pool.update(token, Map.of("custom:team", "blue")), UNAUTHORIZED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"email_verified", "phone_number_verified", "sub", "custom:none"})
  void a_list_to_write_has_what_users_may_say_of_themselves(String name) {
    refused(
        () -> pool.withClient(r -> r.writeAttributes("email", name)),
        "InvalidParameterException",
        "Invalid write attributes specified while creating a client");
  }

  /** (Seen; the developer guide has it that all clients can write required attributes.) */
  @Test
  void a_list_to_write_has_what_users_must_have() {
    refused(
        () -> pool.withClient(r -> r.writeAttributes("name")),
        "InvalidParameterException",
        "Invalid write attributes specified while creating a client");
  }

  @Test
  void a_list_to_read_has_what_the_pool_has() {
    refused(
        () -> pool.withClient(r -> r.readAttributes("custom:none")),
        "InvalidParameterException",
        "Invalid read attributes specified while creating a client");
    refused(
        () ->
            pool.cognito()
                .updateUserPoolClient(
                    r ->
                        r.userPoolId(pool.id())
                            .clientId(pool.clientId())
                            .readAttributes("custom:none")),
        "InvalidParameterException",
        "Invalid read attributes specified while updating a client");
  }

  @Test
  void lists_are_shown_if_they_were_given() {
    OwnPool own = pool.withClient(r -> r.readAttributes("name").writeAttributes(List.of()));
    UserPoolClientType shown =
        own.cognito()
            .describeUserPoolClient(r -> r.userPoolId(own.id()).clientId(own.clientId()))
            .userPoolClient();

    assertThat(shown.readAttributes()).containsExactly("name");
    assertThat(shown.hasWriteAttributes()).isFalse();
  }
}
