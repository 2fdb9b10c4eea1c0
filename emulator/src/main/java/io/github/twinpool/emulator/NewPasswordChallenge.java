package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The challenge NEW_PASSWORD_REQUIRED, for users whom an administrator gave a temporary password.
 */
final class NewPasswordChallenge {
  static final String NAME = "NEW_PASSWORD_REQUIRED";
  private static final String PREFIX = "userAttributes.";

  private NewPasswordChallenge() {}

  static ObjectNode issue(SignInAttempt attempt) {
    UserRecord user = attempt.user();
    ObjectNode attributes = WireJson.object();
    user.attributes().forEach(attributes::put);
    ObjectNode parameters =
        WireJson.object()
            .put("USER_ID_FOR_SRP", user.username())
            .put("requiredAttributes", "[]")
            .put("userAttributes", attributes.toString());
    return attempt.challenge(NAME, parameters, WireJson.object());
  }

  /** A password that the policy refuses leaves the session usable. */
  static ObjectNode answer(Call call, AppClient client) {
    ChallengeAnswer answer = ChallengeAnswer.withSession(call, client, NAME);
    Pool pool = answer.attempt().pool();
    UserRecord before = answer.attempt().user();
    String password = answer.required("NEW_PASSWORD");
    pool.settings(call.role()).passwordPolicy().check(password);
    Map<String, String> attributes = attributes(call);
    AttributeRules.check(attributes);
    AttributeRules.checkWrittenByUser(attributes);
    SignInAttempt attempt = answer.accepted();
    StoredPassword stored = call.cognito().stored(pool, before.username(), password);
    UserRecord after =
        pool.update(
            before.username(),
            user ->
                user.withAttributes(AttributeRules.withConsequences(user, attributes), call.now())
                    .withPassword(stored, UserStatus.CONFIRMED, call.now()));
    return SignInSteps.afterOwnPassword(attempt.withUser(after));
  }

  private static Map<String, String> attributes(Call call) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry :
        call.request().entries("ChallengeResponses").properties()) {
      if (entry.getKey().startsWith(PREFIX)) {
        attributes.put(entry.getKey().substring(PREFIX.length()), entry.getValue().asText(""));
      }
    }
    return attributes;
  }
}
