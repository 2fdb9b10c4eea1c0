package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
            .put("requiredAttributes", required(attempt))
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
    client.attributes().checkWrite(attributes.keySet());
    Map<String, String> kept = AttributeRules.of(call, pool).forNewPassword(before, attributes);
    SignInAttempt attempt = answer.accepted();
    StoredPassword stored = call.cognito().stored(pool, before.username(), password);
    UserRecord after =
        pool.update(
            before.username(),
            user ->
                user.withAttributes(kept, call.now())
                    .withPassword(stored, UserStatus.CONFIRMED, call.now()));
    return SignInSteps.afterOwnPassword(attempt.withUser(after));
  }

  /** What the user has to say of themselves, as JSON in a text. */
  private static String required(SignInAttempt attempt) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    AttributeRules.of(attempt.call(), attempt.pool())
        .missing(attempt.user())
        .forEach(name -> names.add(PREFIX + name));
    return names.toString();
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
