package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** InitiateAuth, AdminInitiateAuth: how sign-ins begin, and REFRESH_TOKEN_AUTH. */
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
      case "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH" ->
          throw WireError.invalidParameter("Initiate Auth method not supported.");
      default -> begin(call, client, flow);
    };
  }

  private static ObjectNode adminInitiateAuth(Call call) {
    AppClient client = call.client();
    String flow = call.request().required("AuthFlow");
    return switch (flow) {
      case "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH" -> {
        checkPasswordFlow(
            flow, client.allows("ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"));
        yield password(call, client);
      }
      default -> begin(call, client, flow);
    };
  }

  private static ObjectNode begin(Call call, AppClient client, String flow) {
    return switch (flow) {
      case "USER_PASSWORD_AUTH" -> {
        checkPasswordFlow(flow, client.allows("ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"));
        yield password(call, client);
      }
      case "USER_SRP_AUTH" -> {
        boolean old = client.hasOldFlowNames() && !client.allows("CUSTOM_AUTH_FLOW_ONLY");
        checkFlow(flow, old || client.allows("ALLOW_USER_SRP_AUTH"));
        yield srp(call, client, false);
      }
      case "CUSTOM_AUTH" -> {
        checkFlow(flow, client.hasOldFlowNames() || client.allows("ALLOW_CUSTOM_AUTH"));
        CustomChallenge.checkConfigured(call);
        yield custom(call, client);
      }
      case "USER_AUTH" -> {
        checkFlow(flow, client.allows("ALLOW_USER_AUTH"));
        SignInAttempt attempt = SignInAttempt.begin(call, client, false);
        yield SignUpSession.signIn(attempt).orElseGet(() -> ChoiceChallenges.start(attempt));
      }
      case "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN" -> {
        checkPasswordFlow(
            "REFRESH_TOKEN_AUTH",
            client.hasOldFlowNames() || client.allows("ALLOW_REFRESH_TOKEN_AUTH"));
        yield refresh(call, client);
      }
      default -> throw WireError.notEmulated("the AuthFlow " + flow);
    };
  }

  private static void checkPasswordFlow(String flow, boolean allowed) {
    if (!allowed) {
      throw WireError.invalidParameter(flow + " flow not enabled for this client");
    }
  }

  private static void checkFlow(String flow, boolean allowed) {
    if (!allowed) {
      throw WireError.invalidParameter(flow + " is not enabled for the client.");
    }
  }

  private static ObjectNode password(Call call, AppClient client) {
    call.request().requiredEntry(PARAMETERS, "USERNAME");
    String password = call.request().requiredEntry(PARAMETERS, "PASSWORD");
    SignInAttempt attempt = SignInAttempt.begin(call, client, false);
    return SignInSteps.afterPassword(PasswordCheck.check(attempt, password));
  }

  private static ObjectNode srp(Call call, AppClient client, boolean custom) {
    call.request().requiredEntry(PARAMETERS, "USERNAME");
    String srpA = call.request().requiredEntry(PARAMETERS, "SRP_A");
    return PasswordVerifierChallenge.issue(SignInAttempt.begin(call, client, custom), srpA);
  }

  private static ObjectNode custom(Call call, AppClient client) {
    if (call.request().entry(PARAMETERS, "CHALLENGE_NAME").filter("SRP_A"::equals).isPresent()) {
      return srp(call, client, true);
    }
    SignInAttempt attempt = SignInAttempt.begin(call, client, true);
    if (attempt.found().isPresent()) {
      MfaChallenges.checkEnabled(attempt);
      Devices.check(attempt);
    }
    return CustomChallenge.first(attempt);
  }

  private static ObjectNode refresh(Call call, AppClient client) {
    String token = call.request().requiredEntry(PARAMETERS, "REFRESH_TOKEN");
    Pool pool = call.poolOf(client);
    RefreshToken refreshToken = TokenOperations.open(call, pool, client, token);
    UserRecord user = TokenOperations.owner(call, pool, refreshToken);
    Optional<String> hash = call.request().entry(PARAMETERS, "SECRET_HASH");
    call.checkSecretHash(client, user.username(), hash);
    Optional<String> device = call.request().entry(PARAMETERS, "DEVICE_KEY");
    Devices.checkRefresh(call, pool, refreshToken, device);
    return TokenSet.forRefresh(call, pool, client, user, refreshToken)
        .set("ChallengeParameters", WireJson.object());
  }
}
