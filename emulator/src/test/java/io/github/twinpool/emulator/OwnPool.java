package io.github.twinpool.emulator;

import static io.github.twinpool.emulator.EmulatorClients.PASSWORD;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.twinpool.RegionRole;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SchemaAttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SignUpResponse;

/** A pool that a test made as it needs it, with an app client that takes passwords. */
record OwnPool(EmulatorClients clients, String id, String clientId) {

  CognitoIdentityProviderClient cognito() {
    return clients.primary;
  }

  static OwnPool of(EmulatorClients clients, Consumer<CreateUserPoolRequest.Builder> settings) {
    return of(clients, settings, client -> {});
  }

  static OwnPool of(
      EmulatorClients clients,
      Consumer<CreateUserPoolRequest.Builder> settings,
      Consumer<CreateUserPoolClientRequest.Builder> clientSettings) {
    String id =
        clients.primary.createUserPool(r -> settings.accept(r.poolName("own"))).userPool().id();
    return new OwnPool(clients, id, client(clients.primary, id, clientSettings));
  }

  private static String client(
      CognitoIdentityProviderClient cognito,
      String id,
      Consumer<CreateUserPoolClientRequest.Builder> settings) {
    return cognito
        .createUserPoolClient(
            r ->
                settings.accept(
                    r.userPoolId(id)
                        .clientName("own")
                        .explicitAuthFlowsWithStrings(
                            "ALLOW_USER_PASSWORD_AUTH",
                            "ALLOW_ADMIN_USER_PASSWORD_AUTH",
                            "ALLOW_REFRESH_TOKEN_AUTH")))
        .userPoolClient()
        .clientId();
  }

  /** The same pool with another client. */
  OwnPool withClient(Consumer<CreateUserPoolClientRequest.Builder> settings) {
    return new OwnPool(clients, id, client(cognito(), id, settings));
  }

  @SafeVarargs
  static List<SchemaAttributeType> schema(Consumer<SchemaAttributeType.Builder>... attributes) {
    List<SchemaAttributeType> schema = new ArrayList<>();
    for (Consumer<SchemaAttributeType.Builder> attribute : attributes) {
      schema.add(SchemaAttributeType.builder().applyMutation(attribute).build());
    }
    return schema;
  }

  static List<AttributeType> attributes(Map<String, String> attributes) {
    return attributes.entrySet().stream()
        .map(entry -> EmulatorClients.attribute(entry.getKey(), entry.getValue()))
        .toList();
  }

  SignUpResponse signUp(String username, Map<String, String> attributes) {
    return cognito()
        .signUp(
            r ->
                r.clientId(clientId)
                    .username(username)
                    .password(PASSWORD)
                    .userAttributes(attributes(attributes)));
  }

  void confirmAsAdministrator(String username) {
    cognito().adminConfirmSignUp(r -> r.userPoolId(id).username(username));
  }

  void createAsAdministrator(String username, Map<String, String> attributes) {
    cognito()
        .adminCreateUser(
            r ->
                r.userPoolId(id)
                    .username(username)
                    .temporaryPassword(PASSWORD)
                    .messageAction("SUPPRESS")
                    .userAttributes(attributes(attributes)));
  }

  /** A confirmed user with a password of their own. */
  void user(String username, Map<String, String> attributes) {
    createAsAdministrator(username, attributes);
    cognito()
        .adminSetUserPassword(
            r -> r.userPoolId(id).username(username).password(PASSWORD).permanent(true));
  }

  void updateAsAdministrator(String username, Map<String, String> changes) {
    cognito()
        .adminUpdateUserAttributes(
            r -> r.userPoolId(id).username(username).userAttributes(attributes(changes)));
  }

  void update(String accessToken, Map<String, String> changes) {
    cognito()
        .updateUserAttributes(r -> r.accessToken(accessToken).userAttributes(attributes(changes)));
  }

  InitiateAuthResponse begin(String username) {
    return cognito()
        .initiateAuth(
            r ->
                r.clientId(clientId)
                    .authFlow("USER_PASSWORD_AUTH")
                    .authParameters(Map.of("USERNAME", username, "PASSWORD", PASSWORD)));
  }

  AuthenticationResultType signIn(String username) {
    return begin(username).authenticationResult();
  }

  RespondToAuthChallengeResponse answer(
      String challenge, String session, Map<String, String> responses) {
    return cognito()
        .respondToAuthChallenge(
            r ->
                r.clientId(clientId)
                    .challengeName(challenge)
                    .session(session)
                    .challengeResponses(responses));
  }

  /** What an administrator sees of a user, without the {@code sub}. */
  Map<String, String> attributesOf(String username) {
    return map(cognito().adminGetUser(r -> r.userPoolId(id).username(username)).userAttributes());
  }

  /** The messages to a user, the newest last, with destination and code. */
  List<JsonNode> messages(String username) {
    return new RawClient()
        .get(
            clients
                .emulator
                .region(RegionRole.PRIMARY)
                .endpoint()
                .resolve("/_twinpool/messages/" + id + "/" + username))
        .json()
        .path("messages")
        .valueStream()
        .toList();
  }

  JsonNode lastMessage(String username) {
    List<JsonNode> all = messages(username);
    return all.get(all.size() - 1);
  }

  static Map<String, String> map(List<AttributeType> attributes) {
    Map<String, String> map = new TreeMap<>();
    attributes.forEach(attribute -> map.put(attribute.name(), attribute.value()));
    map.remove("sub");
    return map;
  }

  static JWTClaimsSet claims(String token) {
    try {
      return SignedJWT.parse(token).getJWTClaimsSet();
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }
}
