package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;
import static io.github.twinpool.emulator.SignInFixture.notAuthorized;
import static io.github.twinpool.emulator.SignInFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeDataType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SchemaAttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/**
 * Rests on the API reference, SchemaAttributeType, and on the developer guide, "Working with user
 * attributes". Messages in quotation marks of the facts were seen in the wild; the others are ours.
 */
class UserSchemaTest {
  private static final String INVALID = "InvalidParameterException";
  private static final String NONCONFORMING = "Attributes did not conform to the schema: ";

  private EmulatorClients clients;

  @BeforeEach
  void start() {
    clients = new EmulatorClients(TestEmulators.builder().clock(new TestClock()).start());
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  @Test
  void a_pool_without_a_schema_has_the_twenty_standard_attributes() {
    UserPoolType described =
        clients
            .primary
            .describeUserPool(r -> r.userPoolId(clients.emulator.userPool().id()))
            .userPool();

    assertThat(described.schemaAttributes())
        .extracting(SchemaAttributeType::name)
        .containsExactly(
            "sub",
            "name",
            "given_name",
            "family_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "email",
            "email_verified",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "phone_number",
            "phone_number_verified",
            "address",
            "updated_at");
    assertThat(described.schemaAttributes())
        .filteredOn(SchemaAttributeType::required)
        .extracting(SchemaAttributeType::name)
        .containsExactly("sub");
    SchemaAttributeType birthdate = described.schemaAttributes().get(13);
    assertThat(birthdate.stringAttributeConstraints().minLength()).isEqualTo("10");
    assertThat(birthdate.stringAttributeConstraints().maxLength()).isEqualTo("10");
    SchemaAttributeType updatedAt = described.schemaAttributes().get(19);
    assertThat(updatedAt.attributeDataType()).isEqualTo(AttributeDataType.NUMBER);
    assertThat(updatedAt.numberAttributeConstraints().minValue()).isEqualTo("0");
  }

  @Test
  void a_schema_changes_standard_attributes_and_adds_custom_ones() {
    UserPoolType made =
        clients
            .primary
            .createUserPool(
                r ->
                    r.poolName("own")
                        .schema(
                            OwnPool.schema(
                                a -> a.name("email").required(true),
                                a -> a.name("name").mutable(false),
                                a ->
                                    a.name("age")
                                        .attributeDataType("Number")
                                        .numberAttributeConstraints(c -> c.minValue("1")),
                                a ->
                                    a.name("secret")
                                        .attributeDataType("String")
                                        .developerOnlyAttribute(true))))
            .userPool();

    assertThat(attribute(made, "email").required()).isTrue();
    assertThat(attribute(made, "email").stringAttributeConstraints().maxLength()).isEqualTo("2048");
    assertThat(attribute(made, "name").mutable()).isFalse();
    assertThat(attribute(made, "custom:age").mutable()).isTrue();
    assertThat(attribute(made, "custom:age").numberAttributeConstraints().minValue())
        .isEqualTo("1");
    assertThat(attribute(made, "dev:custom:secret").developerOnlyAttribute()).isTrue();
    assertThat(made.schemaAttributes()).hasSize(22);
    assertThat(
            clients
                .primary
                .describeUserPool(r -> r.userPoolId(made.id()))
                .userPool()
                .schemaAttributes())
        .isEqualTo(made.schemaAttributes());
  }

  @Test
  void an_update_of_a_pool_leaves_its_schema_alone() {
    OwnPool pool = OwnPool.of(clients, UserSchemaTest::withSchema);

    clients.primary.updateUserPool(r -> r.userPoolId(pool.id()));

    assertThat(
            clients
                .primary
                .describeUserPool(r -> r.userPoolId(pool.id()))
                .userPool()
                .schemaAttributes())
        .hasSize(26);
  }

  private static SchemaAttributeType attribute(UserPoolType pool, String name) {
    return pool.schemaAttributes().stream()
        .filter(attribute -> attribute.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static Stream<Arguments> schemasThatContradictThemselves() {
    return Stream.of(
        bad(
            "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.",
            a -> a.name("age")),
        bad(
            "Required custom attributes are not supported currently.",
            a -> a.name("age").attributeDataType("Number").required(true)),
        bad(
            "You can not change AttributeDataType or set developerOnlyAttribute for standard schema"
                + " attribute email",
            a -> a.name("email").attributeDataType("Number")),
        bad(
            "You can not change AttributeDataType or set developerOnlyAttribute for standard schema"
                + " attribute email",
            a -> a.name("email").developerOnlyAttribute(true)),
        bad(
            "Invalid StringAttributeConstraints for schema attribute email",
            a ->
                a.name("email")
                    .attributeDataType("String")
                    .stringAttributeConstraints(c -> c.minLength("few"))),
        bad(
            "user.email: String attributes cannot have a length of more than 2048",
            a ->
                a.name("email")
                    .attributeDataType("String")
                    .stringAttributeConstraints(c -> c.maxLength("2049"))),
        bad(
            "user.email: Max length cannot be less than min length.",
            a ->
                a.name("email")
                    .attributeDataType("String")
                    .stringAttributeConstraints(c -> c.minLength("2").maxLength("1"))),
        bad(
            "user.custom:age: Max value cannot be less than min value.",
            a ->
                a.name("age")
                    .attributeDataType("Number")
                    .numberAttributeConstraints(c -> c.minValue("2").maxValue("1"))),
        bad(
            "1 validation error detected: Value 'phone_number_verified' at 'schema.1.member.name'"
                + " failed to satisfy constraint: Member must have length less than or equal to 20",
            a -> a.name("phone_number_verified").attributeDataType("Boolean")));
  }

  private static Arguments bad(String message, Consumer<SchemaAttributeType.Builder> attribute) {
    return Arguments.of(message, attribute);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("schemasThatContradictThemselves")
  void a_schema_that_contradicts_itself_is_refused(
      String message, Consumer<SchemaAttributeType.Builder> attribute) {
    refused(
        () ->
            clients.primary.createUserPool(
                r -> r.poolName("own").schema(OwnPool.schema(attribute))),
        INVALID,
        message);
  }

  private static void withSchema(CreateUserPoolRequest.Builder pool) {
    pool.schema(
        OwnPool.schema(
            a -> a.name("email").required(true),
            a -> a.name("locale").mutable(false),
            a ->
                a.name("team")
                    .attributeDataType("String")
                    .stringAttributeConstraints(c -> c.minLength("2").maxLength("5")),
            a ->
                a.name("age")
                    .attributeDataType("Number")
                    .numberAttributeConstraints(c -> c.minValue("18").maxValue("99")),
            a -> a.name("member").attributeDataType("Boolean"),
            a -> a.name("joined").attributeDataType("DateTime"),
            a -> a.name("tenant").attributeDataType("String").mutable(false),
            a -> a.name("note").attributeDataType("String").developerOnlyAttribute(true)));
  }

  private static final Map<String, String> EMAIL = Map.of("email", "ada@example.com");

  private static Map<String, String> and(String name, String value) {
    return SignInFixture.with(EMAIL, name, value);
  }

  /** A pool with a client that may write what users may say of themselves. */
  private OwnPool pool() {
    return OwnPool.of(
        clients,
        UserSchemaTest::withSchema,
        client ->
            client.writeAttributes(
                "email",
                "name",
                "locale",
                "birthdate",
                "custom:team",
                "custom:age",
                "custom:member",
                "custom:joined",
                "custom:tenant"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "custom:team   | a            | Attribute must have length greater than or equal to 2.",
        "custom:team   | abcdef       | Attribute must have length less than or equal to 5.",
        "custom:age    | young        | Attribute value must be a number.",
        "custom:age    | 17           | Attribute must have value greater than or equal to 18.",
        "custom:age    | 99.5         | Attribute must have value less than or equal to 99.",
        "custom:member | perhaps      | Attribute value must be true or false.",
        "custom:joined | yesterday    | Attribute value must be a date and time in the ISO 8601"
            + " format.",
        "birthdate     | 1815         | Attribute must have length greater than or equal to 10.",
        "custom:none   | 1            | Attribute does not exist in the schema."
      })
  void values_must_fit_wherever_they_are_written(String name, String value, String complaint) {
    OwnPool pool = pool();
    pool.user("ada", EMAIL);
    String token = pool.signIn("ada").accessToken();

    refused(
        () -> pool.signUp("bob", and(name, value)),
        INVALID,
        NONCONFORMING + name + ": " + complaint);
    refused(
        () -> pool.createAsAdministrator("bob", and(name, value)),
        INVALID,
        NONCONFORMING + name + ": " + complaint);
    String ofUpdate = "user." + name + ": " + complaint;
    refused(() -> pool.updateAsAdministrator("ada", Map.of(name, value)), INVALID, ofUpdate);
    if (!name.equals("custom:none")) {
      refused(() -> pool.update(token, Map.of(name, value)), INVALID, ofUpdate);
      pool.createAsAdministrator("bob", EMAIL);
      refused(() -> newPassword(pool, "bob", Map.of(name, value)), INVALID, ofUpdate);
    }
  }

  private static void newPassword(OwnPool pool, String username, Map<String, String> attributes) {
    InitiateAuthResponse challenge = pool.begin(username);
    assertThat(challenge.challengeNameAsString()).isEqualTo("NEW_PASSWORD_REQUIRED");
    Map<String, String> responses =
        new HashMap<>(Map.of("USERNAME", username, "NEW_PASSWORD", PASSWORD));
    attributes.forEach((name, value) -> responses.put("userAttributes." + name, value));
    pool.answer("NEW_PASSWORD_REQUIRED", challenge.session(), responses);
  }

  @Test
  void values_that_fit_are_kept() {
    OwnPool pool = pool();
    Map<String, String> given =
        Map.of(
            "email", "ada@example.com",
            "birthdate", "1815-12-10",
            "custom:team", "red",
            "custom:age", "36",
            "custom:member", "TRUE",
            "custom:joined", "2026-11-29T06:00:00Z",
            "custom:tenant", "one");

    pool.signUp("ada", given);

    assertThat(pool.attributesOf("ada"))
        .isEqualTo(new TreeMap<>(SignInFixture.with(given, "custom:member", "true")));
  }

  @Test
  void a_date_of_birth_must_be_a_date() {
    refused(
        () -> pool().signUp("ada", and("birthdate", "1815-13-10")),
        INVALID,
        "Invalid date format for birthdate.");
  }

  @Test
  void who_signs_up_must_give_what_is_required() {
    OwnPool pool =
        OwnPool.of(
            clients,
            r ->
                r.schema(
                    OwnPool.schema(
                        a -> a.name("email").required(true), a -> a.name("name").required(true))));

    refused(
        () -> pool.signUp("ada", Map.of("name", "Ada")),
        INVALID,
        NONCONFORMING + "email: The attribute is required");
    refused(
        () -> pool.signUp("ada", Map.of("name", "")),
        INVALID,
        NONCONFORMING + "name: The attribute is required\nemail: The attribute is required");
  }

  @Test
  void an_address_in_place_of_the_user_name_counts_as_given() {
    OwnPool pool =
        OwnPool.of(
            clients,
            r ->
                r.usernameAttributesWithStrings("email")
                    .schema(OwnPool.schema(a -> a.name("email").required(true))));

    assertThat(pool.signUp("ada@example.com", Map.of()).userSub()).isNotBlank();
  }

  /** (Source: API reference, AdminCreateUser: either the administrator or the user gives them.) */
  @Test
  void an_administrators_user_gives_what_is_required_with_the_new_password() {
    OwnPool pool = pool();
    pool.createAsAdministrator("ada", Map.of());

    InitiateAuthResponse challenge = pool.begin("ada");
    assertThat(challenge.challengeParameters())
        .containsEntry("requiredAttributes", "[\"userAttributes.email\"]");
    refused(
        () -> newPassword(pool, "ada", Map.of()),
        INVALID,
        "Invalid attributes given, email is missing");
    newPassword(pool, "ada", EMAIL);

    assertThat(pool.attributesOf("ada")).containsEntry("email", "ada@example.com");
  }

  @Test
  void a_required_attribute_that_is_there_does_not_change_with_the_new_password() {
    OwnPool pool = pool();
    pool.createAsAdministrator("ada", EMAIL);

    assertThat(pool.begin("ada").challengeParameters()).containsEntry("requiredAttributes", "[]");
    notAuthorized(() -> newPassword(pool, "ada", EMAIL), "Cannot modify an already provided email");
    newPassword(pool, "ada", Map.of("name", "Ada"));

    assertThat(pool.attributesOf("ada")).containsEntry("name", "Ada");
  }

  @Test
  void a_required_attribute_cannot_be_removed() {
    OwnPool pool = pool();
    pool.user("ada", EMAIL);
    String token = pool.signIn("ada").accessToken();
    String message = "user.email: The attribute is required";

    refused(() -> pool.updateAsAdministrator("ada", Map.of("email", "")), INVALID, message);
    refused(() -> pool.update(token, Map.of("email", "")), INVALID, message);
  }

  /** Seen: not even an administrator changes one, nor gives one that is not there. */
  @ParameterizedTest
  @CsvSource({"locale", "custom:tenant"})
  void an_immutable_attribute_is_given_at_the_beginning_or_never(String name) {
    OwnPool pool = pool();
    pool.user("ada", and(name, "one"));
    String token = pool.signIn("ada").accessToken();
    String message = "user." + name + ": Attribute cannot be updated.";

    refused(() -> pool.updateAsAdministrator("ada", Map.of(name, "two")), INVALID, message);
    refused(() -> pool.update(token, Map.of(name, "two")), INVALID, message);
    pool.createAsAdministrator("bob", EMAIL);
    refused(() -> pool.updateAsAdministrator("bob", Map.of(name, "two")), INVALID, message);
    refused(() -> newPassword(pool, "bob", Map.of(name, "two")), INVALID, message);
    assertThat(pool.attributesOf("ada")).containsEntry(name, "one");
  }

  @Test
  void administrators_alone_write_developer_attributes() {
    OwnPool pool = pool();
    pool.user("ada", EMAIL);
    pool.updateAsAdministrator("ada", Map.of("dev:custom:note", "kind"));

    assertThat(pool.attributesOf("ada")).containsEntry("dev:custom:note", "kind");
    notAuthorized(
        () -> pool.update(pool.signIn("ada").accessToken(), Map.of("dev:custom:note", "unkind")),
        "A client attempted to write unauthorized attribute");
  }

  @Test
  void a_truth_is_kept_in_small_letters() {
    OwnPool pool = pool();
    pool.user("ada", and("email_verified", "True"));

    assertThat(pool.attributesOf("ada")).containsEntry("email_verified", "true");
    assertThat(OwnPool.claims(pool.signIn("ada").idToken()).getClaim("email_verified"))
        .isEqualTo(true);
  }
}
