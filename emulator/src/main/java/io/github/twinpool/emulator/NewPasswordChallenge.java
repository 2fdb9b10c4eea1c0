package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The challenge NEW_PASSWORD_REQUIRED, for users whom an administrator made with a temporary
 * password.
 */
final class NewPasswordChallenge {
  private static final String PURPOSE = "new-password-session";

  private NewPasswordChallenge() {}

  static ObjectNode issue(Call call, Pool pool, AppClient client, UserRecord user) {
    ObjectNode session =
        WireJson.object()
            .put("id", pool.mint().freshId())
            .put("user", user.username())
            .put("client", client.id())
            .put("by", call.role().name())
            .put("exp", call.now().plus(client.lifetimes().session()).toEpochMilli());
    ObjectNode attributes = WireJson.object();
    user.attributes().forEach(attributes::put);
    ObjectNode answer = WireJson.object().put("ChallengeName", "NEW_PASSWORD_REQUIRED");
    answer
        .putObject("ChallengeParameters")
        .put("USER_ID_FOR_SRP", user.username())
        .put("requiredAttributes", "[]")
        .put("userAttributes", attributes.toString());
    return answer.put("Session", pool.keys().sealer().seal(PURPOSE, session));
  }
}
