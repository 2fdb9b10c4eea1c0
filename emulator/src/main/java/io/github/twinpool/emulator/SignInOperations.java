package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** InitiateAuth, AdminInitiateAuth: the password flows and REFRESH_TOKEN_AUTH. */
final class SignInOperations {
  private static final String PARAMETERS = "AuthParameters";

  private SignInOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "InitiateAuth", SignInOperations::initiateAuth,
        "AdminInitiateAuth", SignInOperations::adminInitiateAuth);
  }

  private static ObjectNode initiateAuth(Call call) {
    AppClient client = call.client();
    String flow = call.request().required("AuthFlow");
    return switch (flow) {
      case "USER_PASSWORD_AUTH" -> {
        checkFlow(flow, client.allows("ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"));
        yield password(call, client);
      }
      case "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN" -> refresh(call, client);
      case "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH" ->
          throw WireError.invalidParameter("Initiate Auth method not supported.");
      default -> throw WireError.notEmulated("the AuthFlow " + flow);
    };
  }

  private static ObjectNode adminInitiateAuth(Call call) {
    AppClient client = call.client();
    String flow = call.request().required("AuthFlow");
    return switch (flow) {
      case "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH" -> {
        checkFlow(flow, client.allows("ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"));
        yield password(call, client);
      }
      case "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN" -> refresh(call, client);
      case "USER_PASSWORD_AUTH" -> {
        checkFlow(flow, client.allows("ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"));
        yield password(call, client);
      }
      default -> throw WireError.notEmulated("the AuthFlow " + flow);
    };
  }

  private static void checkFlow(String flow, boolean allowed) {
    if (!allowed) {
      throw WireError.invalidParameter(flow + " flow not enabled for this client");
    }
  }

  private static ObjectNode password(Call call, AppClient client) {
    String username = call.request().requiredEntry(PARAMETERS, "USERNAME");
    String password = call.request().requiredEntry(PARAMETERS, "PASSWORD");
    call.checkSecretHash(client, username, call.request().entry(PARAMETERS, "SECRET_HASH"));
    Pool pool = call.poolOf(client);
    UserRecord user = PasswordCheck.check(call, pool, client, username, password);
    return switch (user.status()) {
      case CONFIRMED ->
          TokenSet.forSignIn(call, pool, client, user)
              .set("ChallengeParameters", WireJson.object());
      case FORCE_CHANGE_PASSWORD -> NewPasswordChallenge.issue(call, pool, client, user);
      case UNCONFIRMED -> throw WireError.of("UserNotConfirmedException", "User is not confirmed.");
      case RESET_REQUIRED ->
          throw WireError.of(
              "PasswordResetRequiredException", "Password reset required for the user");
    };
  }

  private static ObjectNode refresh(Call call, AppClient client) {
    checkFlow("REFRESH_TOKEN_AUTH", client.allows("ALLOW_REFRESH_TOKEN_AUTH") || isLegacy(client));
    String token = call.request().requiredEntry(PARAMETERS, "REFRESH_TOKEN");
    Pool pool = call.poolOf(client);
    RefreshToken refreshToken = TokenOperations.open(call, pool, client, token);
    UserRecord user = TokenOperations.owner(call, pool, refreshToken);
    Optional<String> hash = call.request().entry(PARAMETERS, "SECRET_HASH");
    call.checkSecretHash(client, user.username(), hash);
    return TokenSet.forRefresh(call, pool, client, user, refreshToken)
        .set("ChallengeParameters", WireJson.object());
  }

  /** The flow names of old do not mention refreshing, which they always allowed. */
  private static boolean isLegacy(AppClient client) {
    return client.flows().stream().noneMatch(flow -> flow.startsWith("ALLOW_"));
  }
}
