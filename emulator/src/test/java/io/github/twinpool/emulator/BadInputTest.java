package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, the answer is the service's error: no stack trace, no 500. */
class BadInputTest {
  private static final String SERIALIZATION = "SerializationException";
  private static final String INVALID = "InvalidParameterException";
  private static final String NULL = " failed to satisfy constraint: Member must not be null";

  private static CognitoEmulator emulator;
  private static URI endpoint;
  private final RawClient raw = new RawClient();

  @BeforeAll
  static void start() {
    emulator = TestEmulators.builder().poolId("us-east-1_Pool12345").start();
    emulator.createUser("ada", EmulatorClients.PASSWORD);
    endpoint = emulator.region(RegionRole.PRIMARY).endpoint();
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[",
        "nonsense",
        "{\"ClientId\"",
        "{\"ClientId\":}",
        "{\"ClientId\":\"a\",}",
        "{'ClientId':'a'}",
        "{\"ClientId\":\"a\"} {}",
        "{\"ClientId\":\"a\",\"ClientId\":\"b\"}",
        "{\"ClientId\":\"\\uZZZZ\"}",
        "{\"ClientId\":\"\u0001\"}",
        "{\"ClientId\":NaN}",
        "{\"ClientId\":01}",
        "[]",
        "null",
        "42",
        "\"text\"",
        "true",
        "/* comment */ {}"
      })
  void what_is_not_one_json_object_is_a_serialization_exception(String body) {
    RawClient.Answer answer = raw.call(endpoint, "InitiateAuth", body);

    assertError(answer, SERIALIZATION);
  }

  /** What Jackson takes for UTF-32, with a character that there is not. */
  @Test
  void bytes_that_are_no_text_are_a_serialization_exception() {
    byte[] noText = {0, 0, 0, '{', 0x7f, -1, -1, -1};

    assertError(
        raw.send(
            RawClient.request(endpoint, "InitiateAuth", "")
                .POST(BodyPublishers.ofByteArray(noText))
                .build()),
        SERIALIZATION);
  }

  @Test
  void json_that_is_too_deep_or_too_long_is_a_serialization_exception() {
    String deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
    assertError(raw.call(endpoint, "InitiateAuth", deep), SERIALIZATION);
    String longText = "{\"ClientId\":\"" + "a".repeat(300_000) + "\"}";
    assertError(raw.call(endpoint, "InitiateAuth", longText), SERIALIZATION);
    String longNumber = "{\"Limit\":" + "9".repeat(10_000) + "}";
    assertError(raw.call(endpoint, "InitiateAuth", longNumber), SERIALIZATION);
  }

  static Stream<Arguments> wrongTypes() {
    return Stream.of(
        arguments("InitiateAuth", "{\"ClientId\":1}"),
        arguments("InitiateAuth", "{\"ClientId\":{}}"),
        arguments("InitiateAuth", "{\"ClientId\":[\"a\"]}"),
        arguments("InitiateAuth", "{\"AuthFlow\":true}"),
        arguments("InitiateAuth", "{\"AuthParameters\":\"USERNAME\"}"),
        arguments("InitiateAuth", "{\"AuthParameters\":[]}"),
        arguments("InitiateAuth", "{\"AuthParameters\":{\"USERNAME\":1}}"),
        arguments("InitiateAuth", "{\"AuthParameters\":{\"USERNAME\":{\"a\":\"b\"}}}"),
        arguments("InitiateAuth", "{\"ClientMetadata\":7}"),
        arguments("InitiateAuth", "{\"UserContextData\":\"x\"}"),
        arguments("SignUp", "{\"UserAttributes\":{}}"),
        arguments("SignUp", "{\"UserAttributes\":[\"email\"]}"),
        arguments("SignUp", "{\"UserAttributes\":[{\"Name\":1}]}"),
        arguments("SignUp", "{\"UserAttributes\":[{\"Name\":\"email\",\"Value\":[]}]}"),
        arguments("GetUser", "{\"AccessToken\":null,\"AccessToken2\":1, \"AccessToken\":{}}"),
        arguments("GetUser", "{\"AccessToken\":false}"),
        arguments("ListUsers", "{\"Limit\":\"10\"}"),
        arguments("ListUsers", "{\"Limit\":1.5}"),
        arguments("ListUsers", "{\"Limit\":1e300}"),
        arguments("ListUsers", "{\"Limit\":99999999999}"),
        arguments("ListUsers", "{\"AttributesToGet\":\"email\"}"),
        arguments("ListUsers", "{\"AttributesToGet\":[1]}"),
        arguments("AdminSetUserPassword", "{\"Permanent\":\"true\"}"),
        arguments("AdminSetUserPassword", "{\"Permanent\":1}"),
        arguments("CreateUserPool", "{\"IssuerConfiguration\":\"UPDATED\"}"),
        arguments("CreateUserPool", "{\"IssuerConfiguration\":{\"Type\":2}}"),
        arguments("CreateUserPool", "{\"UserPoolTags\":{\"a\":1}}"),
        arguments("CreateUserPool", "{\"Policies\":{\"PasswordPolicy\":[]}}"),
        arguments("CreateUserPoolClient", "{\"GenerateSecret\":\"yes\"}"),
        arguments("CreateUserPoolClient", "{\"TokenValidityUnits\":[]}"),
        arguments("CreateUserPoolClient", "{\"ExplicitAuthFlows\":\"ALLOW_USER_SRP_AUTH\"}"));
  }

  @ParameterizedTest
  @MethodSource("wrongTypes")
  void a_wrong_type_is_a_serialization_exception(String operation, String body) {
    assertError(signed(operation, body), SERIALIZATION);
  }

  static Stream<Arguments> brokenConstraints() {
    String pool = "\"UserPoolId\":\"us-east-1_Pool12345\"";
    return Stream.of(
        arguments(
            "InitiateAuth",
            "{\"AuthFlow\":\"USER_PASSWORD_AUTH\"}",
            "1 validation error detected: Value null at 'clientId'" + NULL),
        arguments(
            "InitiateAuth",
            "{\"ClientId\":null,\"AuthFlow\":null}",
            "2 validation errors detected: Value null at 'authFlow'"
                + NULL
                + "; Value null at 'clientId'"
                + NULL),
        arguments(
            "InitiateAuth",
            "{\"ClientId\":\"\",\"AuthFlow\":\"USER_AUTH\"}",
            "2 validation errors detected: Value at 'clientId' failed to satisfy constraint: Member"
                + " must have length greater than or equal to 1; Value at 'clientId' failed to"
                + " satisfy constraint: Member must satisfy regular expression pattern: [\\w+]+"),
        arguments(
            "InitiateAuth",
            "{\"ClientId\":\"a b\",\"AuthFlow\":\"USER_AUTH\"}",
            "1 validation error detected: Value at 'clientId' failed to satisfy constraint: Member"
                + " must satisfy regular expression pattern: [\\w+]+"),
        arguments(
            "InitiateAuth",
            "{\"ClientId\":\"a\",\"AuthFlow\":\"MAGIC\"}",
            "1 validation error detected: Value 'MAGIC' at 'authFlow' failed to satisfy constraint:"
                + " Member must satisfy enum value set: [USER_SRP_AUTH, REFRESH_TOKEN_AUTH,"
                + " REFRESH_TOKEN, CUSTOM_AUTH, ADMIN_NO_SRP_AUTH, USER_PASSWORD_AUTH,"
                + " ADMIN_USER_PASSWORD_AUTH, USER_AUTH]"),
        arguments(
            "SignUp",
            "{\"ClientId\":\"a\",\"Username\":\"" + "u".repeat(129) + "\",\"Password\":\"p\"}",
            "1 validation error detected: Value at 'username' failed to satisfy constraint: Member"
                + " must have length less than or equal to 128"),
        arguments(
            "SignUp",
            "{\"ClientId\":\"a\",\"Username\":\"u\",\"UserAttributes\":[{\"Value\":\"x\"}]}",
            "1 validation error detected: Value null at 'userAttributes.1.member.name'" + NULL),
        arguments(
            "SignUp",
            "{\"ClientId\":\"a\",\"Username\":\"u\",\"UserAttributes\":[{\"Name\":\"n\",\"Value\":\""
                + "v".repeat(2049)
                + "\"}]}",
            "1 validation error detected: Value at 'userAttributes.1.member.value' failed to satisfy"
                + " constraint: Member must have length less than or equal to 2048"),
        arguments(
            "GetUser", "{}", "1 validation error detected: Value null at 'accessToken'" + NULL),
        arguments(
            "GetUser",
            "{\"AccessToken\":\"no token!\"}",
            "1 validation error detected: Value at 'accessToken' failed to satisfy constraint: Member"
                + " must satisfy regular expression pattern: [A-Za-z0-9-_=.]+"),
        arguments(
            "ListUsers",
            "{" + pool + ",\"Limit\":61}",
            "1 validation error detected: Value '61' at 'limit' failed to satisfy constraint: Member"
                + " must have value less than or equal to 60"),
        arguments(
            "ListUsers",
            "{" + pool + ",\"Limit\":-1}",
            "1 validation error detected: Value '-1' at 'limit' failed to satisfy constraint: Member"
                + " must have value greater than or equal to 0"),
        arguments(
            "ListUsers",
            "{\"UserPoolId\":\"nonsense\"}",
            "1 validation error detected: Value 'nonsense' at 'userPoolId' failed to satisfy"
                + " constraint: Member must satisfy regular expression pattern:"
                + " [\\w-]+_[0-9a-zA-Z]+"),
        arguments(
            "ListUsers", "{" + pool + ",\"Filter\":\"nonsense\"}", "Error while parsing filter."),
        arguments(
            "ListUsers",
            "{" + pool + ",\"Filter\":\"custom:x = \\\"1\\\"\"}",
            "Invalid search attribute: custom:x"),
        arguments(
            "ListUsers",
            "{" + pool + ",\"PaginationToken\":\"forged\"}",
            "Invalid pagination token given."),
        arguments(
            "CreateUserPool",
            "{\"PoolName\":\"p\",\"IssuerConfiguration\":{\"Type\":\"NEW\"}}",
            "1 validation error detected: Value 'NEW' at 'issuerConfiguration.type' failed to satisfy"
                + " constraint: Member must satisfy enum value set: [ORIGINAL, UPDATED]"),
        arguments(
            "CreateUserPoolClient",
            "{" + pool + ",\"ClientName\":\"c\",\"RefreshTokenRotation\":{}}",
            "1 validation error detected: Value null at 'refreshTokenRotation.feature'" + NULL),
        arguments(
            "CreateUserPoolClient",
            "{" + pool + ",\"ClientName\":\"c\",\"ExplicitAuthFlows\":[\"NONE\"]}",
            "1 validation error detected: Value '[NONE]' at 'explicitAuthFlows' failed to satisfy"
                + " constraint: Member must satisfy constraint: [Member must satisfy enum value set:"
                + " [ADMIN_NO_SRP_AUTH, CUSTOM_AUTH_FLOW_ONLY, USER_PASSWORD_AUTH,"
                + " ALLOW_ADMIN_USER_PASSWORD_AUTH, ALLOW_CUSTOM_AUTH, ALLOW_USER_PASSWORD_AUTH,"
                + " ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH, ALLOW_USER_AUTH]]"),
        arguments(
            "CreateUserPoolClient",
            "{" + pool + ",\"ClientName\":\"c\",\"AccessTokenValidity\":25}",
            "Invalid range for access token validity: from PT5M to PT24H."),
        arguments(
            "UpdateUserPoolReplica",
            "{" + pool + ",\"RegionName\":\"us-west-2\",\"Status\":\"DELETING\"}",
            "1 validation error detected: Value 'DELETING' at 'status' failed to satisfy constraint:"
                + " Member must satisfy enum value set: [ACTIVE, INACTIVE]"));
  }

  @ParameterizedTest
  @MethodSource("brokenConstraints")
  void a_broken_constraint_is_an_invalid_parameter_exception_in_cognitos_words(
      String operation, String body, String message) {
    RawClient.Answer answer = signed(operation, body);

    assertError(answer, INVALID);
    assertThat(answer.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({
    "USER_PASSWORD_AUTH, PASSWORD, USERNAME",
    "USER_PASSWORD_AUTH, USERNAME, PASSWORD",
    "REFRESH_TOKEN_AUTH, USERNAME, REFRESH_TOKEN"
  })
  void a_flow_names_the_parameter_that_it_misses(String flow, String given, String missing) {
    RawClient.Answer answer =
        raw.call(
            endpoint,
            "InitiateAuth",
            """
            {"AuthFlow":"%s","ClientId":"%s","AuthParameters":{"%s":"x"}}"""
                .formatted(flow, emulator.clientId(), given));

    assertError(answer, INVALID);
    assertThat(answer.message()).isEqualTo("Missing required parameter " + missing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MakeCoffee", "initiateauth", "Initiate Auth", "../GetUser", "%00"})
  void an_unknown_operation_is_an_unknown_operation_exception(String operation) {
    assertError(raw.call(endpoint, operation, "{}"), "UnknownOperationException");
  }

  @Test
  void an_unknown_operation_is_named() {
    assertThat(raw.call(endpoint, "MakeCoffee", "{}").message())
        .isEqualTo("Unknown operation MakeCoffee");
  }

  @Test
  void an_operation_that_is_not_emulated_is_named() {
    RawClient.Answer answer = raw.call(endpoint, "SetUserSettings", "{}");

    assertError(answer, "NotEmulatedException");
    assertThat(answer.message())
        .isEqualTo("The emulator does not emulate the operation SetUserSettings.");
  }

  @Test
  void other_methods_targets_paths_and_content_types_are_unknown_operations() {
    HttpRequest.Builder good = RawClient.request(endpoint, "GetUser", "{}");
    HttpRequest[] bad = {
      good.copy().PUT(BodyPublishers.ofString("{}")).build(),
      good.copy().DELETE().build(),
      good.copy().method("PATCH", BodyPublishers.ofString("{}")).build(),
      good.copy().uri(endpoint.resolve("/other")).build(),
      good.copy().setHeader("X-Amz-Target", "GetUser").build(),
      good.copy().setHeader("X-Amz-Target", "DynamoDB_20120810.GetItem").build(),
      good.copy().setHeader("Content-Type", "application/json").build(),
      good.copy().setHeader("Content-Type", "application/x-www-form-urlencoded").build(),
      HttpRequest.newBuilder(endpoint.resolve("/")).POST(BodyPublishers.ofString("{}")).build()
    };
    for (HttpRequest request : bad) {
      assertError(raw.send(request), "UnknownOperationException");
    }
    HttpRequest charset =
        good.copy().setHeader("Content-Type", "application/x-amz-json-1.1; charset=utf-8").build();
    assertError(raw.send(charset), INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/us-east-1_Pool12345",
        "/us-east-1_Pool12345/.well-known/other",
        "/us-east-1_Other/.well-known/jwks.json",
        "/a/b/.well-known/jwks.json"
      })
  void there_is_nothing_to_get_at_other_paths(String path) {
    RawClient.Answer answer = raw.get(endpoint.resolve(path));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.type()).isEqualTo("ResourceNotFoundException");
  }

  @Test
  void an_operation_that_needs_credentials_wants_a_signature() {
    RawClient.Answer answer = raw.call(endpoint, "ListUsers", "{}");

    assertError(answer, "MissingAuthenticationTokenException");
    assertThat(answer.message()).isEqualTo("Missing Authentication Token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Bearer abc; IncompleteSignatureException",
        "AWS4-HMAC-SHA256 Credential=AKID; IncompleteSignatureException",
        "AWS4-HMAC-SHA256 Credential=A/20261122/us-west-2/cognito-idp/aws4_request, SignedHeaders=host, Signature=00;"
            + " InvalidSignatureException",
        "AWS4-HMAC-SHA256 Credential=A/20261122/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00;"
            + " InvalidSignatureException"
      })
  void a_signature_must_be_complete_and_for_this_region_and_service(String header, String type) {
    HttpRequest request =
        RawClient.request(endpoint, "ListUsers", "{}").header("Authorization", header).build();

    assertError(raw.send(request), type);
  }

  @Test
  void unknown_pools_clients_and_tokens_are_answered_as_such() {
    RawClient.Answer pool = signed("DescribeUserPool", "{\"UserPoolId\":\"us-east-1_None\"}");
    assertError(pool, "ResourceNotFoundException");
    assertThat(pool.message()).isEqualTo("User pool us-east-1_None does not exist.");

    RawClient.Answer client =
        raw.call(
            endpoint,
            "InitiateAuth",
            "{\"AuthFlow\":\"USER_PASSWORD_AUTH\",\"ClientId\":\"none\",\"AuthParameters\":{}}");
    assertError(client, "ResourceNotFoundException");
    assertThat(client.message()).isEqualTo("User pool client none does not exist.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.b.c", "..", "eyJhbGciOiJub25lIn0.e30.", "====", "a.b.c.d.e"})
  void a_malformed_token_is_not_authorized(String token) {
    RawClient.Answer user = raw.call(endpoint, "GetUser", "{\"AccessToken\":\"" + token + "\"}");
    assertError(user, "NotAuthorizedException");
    assertThat(user.message()).isEqualTo("Invalid Access Token");

    RawClient.Answer refreshed =
        raw.call(
            endpoint,
            "GetTokensFromRefreshToken",
            "{\"ClientId\":\"%s\",\"RefreshToken\":\"%s\"}".formatted(emulator.clientId(), token));
    assertError(refreshed, "NotAuthorizedException");
    assertThat(refreshed.message()).isEqualTo("Invalid Refresh Token");
  }

  @Test
  void a_refused_request_does_not_repeat_its_secrets() {
    String secret = "Hidden-Horse-9";
    String[] bodies = {
      "{\"ClientId\":\"%s\",\"Username\":\"u\",\"Password\":\"%s x\"}",
      "{\"ClientId\":\"%s\",\"Username\":\"u\",\"Password\":[\"%s\"]}",
      "{\"ClientId\":\"%s\",\"Username\":\"u\",\"Password\":\"%s\"",
      "{\"ClientId\":\"%s\",\"Username\":\"u\",\"Password\":\"%s\",\"Password\":1}"
    };
    for (String body : bodies) {
      RawClient.Answer answer =
          raw.call(endpoint, "SignUp", body.formatted(emulator.clientId(), secret));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().toString()).doesNotContain(secret);
    }
  }

  static Stream<String> emulatedOperations() {
    return DataFile.lines("request-shapes.txt").stream()
        .filter(line -> line.startsWith("["))
        .map(line -> line.substring(1, line.length() - 1));
  }

  /** Requests that have their shape and make no sense: each member in turn is of an odd kind. */
  @ParameterizedTest
  @MethodSource("emulatedOperations")
  void whatever_an_operation_is_sent_it_never_fails_in_itself(String operation) {
    String token = accessToken();
    RequestShape shape = Objects.requireNonNull(RequestShape.load().get(operation));
    List<ObjectNode> requests = new ArrayList<>();
    for (MemberShape odd : shape.members()) {
      for (String value : ODD) {
        ObjectNode request = WireJson.object();
        shape.members().forEach(member -> put(request, member, usual(member, token)));
        put(request, odd, value);
        requests.add(request);
      }
    }
    for (ObjectNode request : requests) {
      RawClient.Answer answer = signed(operation, request.toString());
      assertThat(answer.status()).as("%s %s", operation, request).isIn(200, 400);
      assertThat(answer.json().toString()).doesNotContain("\tat ").doesNotContain("java.");
    }
  }

  /** JSON values; {@code null} among them. */
  private static final List<String> ODD =
      List.of(
          "null",
          "\"\"",
          "\"" + "A".repeat(3_000) + "\"",
          "\"eyJhbGciOiJkaXIifQ.a.b.c.d\"",
          "\"eyJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiZGlyIn0..AA.AA.AA\"",
          "\"e30.e30.AA\"",
          "-1",
          "[]",
          "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{\"clientDataJSON\":"
              + "\"e30\",\"attestationObject\":\"v__-\",\"transports\":7}}",
          "{\"USERNAME\":\"ada\",\"ANSWER\":null,\"SRP_A\":\"2\",\"DEVICE_KEY\":null}");

  private static String accessToken() {
    return new RawClient()
        .call(
            endpoint,
            "InitiateAuth",
            """
            {"AuthFlow":"USER_PASSWORD_AUTH","ClientId":"%s",
             "AuthParameters":{"USERNAME":"ada","PASSWORD":"%s"}}"""
                .formatted(emulator.clientId(), EmulatorClients.PASSWORD))
        .json()
        .at("/AuthenticationResult/AccessToken")
        .asText();
  }

  private static String usual(MemberShape member, String token) {
    String name = member.path().get(member.path().size() - 1);
    if (!member.required()) {
      return "null";
    }
    return switch (name) {
      case "UserPoolId" -> "\"us-east-1_Pool12345\"";
      case "ClientId" -> "\"" + emulator.clientId() + "\"";
      case "AccessToken" -> "\"" + token + "\"";
      case "Username" -> "\"ada\"";
      case "RegionName" -> "\"us-west-2\"";
      default ->
          switch (member.type()) {
            case INT -> "1";
            case BOOL -> "false";
            case MAP, OBJECT -> "{}";
            case TEXTS, ATTRIBUTES, LIST -> "[]";
            case TEXT, SECRET ->
                "\""
                    + (member.choices().isEmpty() ? "us-east-1_123456" : member.choices().get(0))
                    + "\"";
          };
    };
  }

  private static void put(ObjectNode request, MemberShape member, String json) {
    ObjectNode parent = request;
    for (String name : member.path().subList(0, member.path().size() - 1)) {
      if (!(parent.path(name) instanceof ObjectNode)) {
        parent.putObject(name);
      }
      parent = (ObjectNode) parent.path(name);
    }
    String last = member.path().get(member.path().size() - 1);
    parent.set(last, WireJson.read(("{\"it\":" + json + "}").getBytes(UTF_8)).path("it"));
  }

  /** Every challenge and flow with every parameter missing, empty and odd. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "PASSWORD_VERIFIER",
        "NEW_PASSWORD_REQUIRED",
        "SMS_MFA",
        "SOFTWARE_TOKEN_MFA",
        "SELECT_MFA_TYPE",
        "MFA_SETUP",
        "EMAIL_OTP",
        "SMS_OTP",
        "SELECT_CHALLENGE",
        "PASSWORD",
        "PASSWORD_SRP",
        "DEVICE_SRP_AUTH",
        "DEVICE_PASSWORD_VERIFIER",
        "CUSTOM_CHALLENGE",
        "WEB_AUTHN",
        "ADMIN_NO_SRP_AUTH"
      })
  void a_challenge_that_was_never_asked_cannot_be_answered(String challenge) {
    String[] responses = {
      "{}",
      "null",
      "{\"USERNAME\":null}",
      "{\"USERNAME\":\"ada\"}",
      "{\"USERNAME\":\"ada\",\"CREDENTIAL\":\"{}\"}",
      "{\"USERNAME\":\"ada\",\"PASSWORD_CLAIM_SECRET_BLOCK\":\"AA==\","
          + "\"PASSWORD_CLAIM_SIGNATURE\":\"%%\",\"TIMESTAMP\":\"-\"}"
    };
    for (String session : new String[] {"null", "\"" + "s".repeat(20) + "\""}) {
      for (String response : responses) {
        RawClient.Answer answer =
            raw.call(
                endpoint,
                "RespondToAuthChallenge",
                """
                {"ClientId":"%s","ChallengeName":"%s","Session":%s,"ChallengeResponses":%s}"""
                    .formatted(emulator.clientId(), challenge, session, response));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.type()).isIn(INVALID, "NotAuthorizedException", "NotEmulatedException");
      }
    }
  }

  @Test
  void a_session_has_its_length() {
    for (int length : new int[] {0, 19, 2_049}) {
      RawClient.Answer answer =
          raw.call(
              endpoint,
              "RespondToAuthChallenge",
              "{\"ClientId\":\"a\",\"ChallengeName\":\"SMS_MFA\",\"Session\":\""
                  + "s".repeat(length)
                  + "\"}");
      assertError(answer, INVALID);
      assertThat(answer.message()).contains("'session' failed to satisfy constraint");
    }
  }

  private RawClient.Answer signed(String operation, String body) {
    return raw.signedCall(endpoint, "us-east-1", operation, body);
  }

  private static void assertError(RawClient.Answer answer, String type) {
    assertThat(answer.json().toString()).doesNotContain("\tat ").doesNotContain("java.");
    assertThat(answer.type()).as(answer.message()).isEqualTo(type);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("x-amzn-ErrorType")).isEqualTo(type);
    assertThat(answer.header("x-amzn-RequestId")).matches("[0-9a-f-]{36}");
    assertThat(answer.header("Content-Type")).isEqualTo("application/x-amz-json-1.1");
    assertThat(answer.message()).isNotBlank();
  }
}
