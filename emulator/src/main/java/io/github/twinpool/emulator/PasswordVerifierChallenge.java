package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;

/** The challenge PASSWORD_VERIFIER: a password is proved by SRP. */
final class PasswordVerifierChallenge {
  static final String NAME = "PASSWORD_VERIFIER";

  private PasswordVerifierChallenge() {}

  /** For the flows USER_SRP_AUTH and CUSTOM_AUTH: the answer carries no Session. */
  static ObjectNode issue(SignInAttempt attempt, String srpA) {
    return issue(attempt, srpA, WireJson.object());
  }

  /** For the flow USER_AUTH: the answer carries a Session, and so must the client's. */
  static ObjectNode issueWithSession(SignInAttempt attempt, String srpA) {
    SealedState session = attempt.state(WireJson.object());
    ObjectNode answer = issue(attempt, srpA, WireJson.object().put("session", session.id()));
    return answer.put("Session", session.seal(attempt.pool(), ChallengeAnswer.sessionOf(NAME)));
  }

  private static ObjectNode issue(SignInAttempt attempt, String srpA, ObjectNode data) {
    BigInteger publicA = SrpExchange.publicA(srpA);
    Srp.Verifier verifier =
        attempt.found().map(user -> user.password().verifier()).orElseGet(() -> nobodys(attempt));
    ObjectNode answer = WireJson.object().put("ChallengeName", NAME);
    ObjectNode parameters = SrpExchange.offer(attempt, NAME, verifier, publicA, data);
    answer.set("ChallengeParameters", parameters.put("USER_ID_FOR_SRP", attempt.username()));
    return answer;
  }

  /** Nobody knows the password to it; asked twice for the same user, the salt is the same. */
  private static Srp.Verifier nobodys(SignInAttempt attempt) {
    Sealer sealer = attempt.pool().keys().sealer();
    String key = attempt.pool().key(attempt.username());
    BigInteger salt = new BigInteger(1, sealer.pseudonym("salt " + key)).shiftRight(128);
    BigInteger value = new BigInteger(1, sealer.pseudonym("verifier " + key)).pow(12).mod(Srp.N);
    return new Srp.Verifier(salt, value);
  }

  static ObjectNode answer(Call call, AppClient client) {
    ChallengeAnswer answer = SrpExchange.open(call, client, NAME);
    SignInAttempt attempt = answer.attempt();
    if (answer.data().has("session")) {
      checkSession(call, client, answer.data().path("session").asText());
    }
    String poolName = attempt.pool().name();
    if (!PasswordCheck.isProved(
        attempt, () -> SrpExchange.proves(answer, poolName, attempt.username()))) {
      answer.useUp();
      throw SignInAttempt.wrongCredentials();
    }
    return SignInSteps.afterPassword(answer.accepted());
  }

  private static void checkSession(Call call, AppClient client, String id) {
    String session =
        call.request()
            .text("Session")
            .orElseThrow(() -> WireError.invalidParameter("Missing required parameter Session"));
    SealedState state =
        SealedState.open(
            call, call.poolOf(client), client, ChallengeAnswer.sessionOf(NAME), session);
    if (!state.id().equals(id)) {
      throw SealedState.invalid();
    }
  }
}
