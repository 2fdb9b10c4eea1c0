package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.Assumptions.Unpublished;
import java.util.Map;

/** RespondToAuthChallenge, AdminRespondToAuthChallenge: each challenge has a class of its own. */
final class ChallengeOperations {
  private ChallengeOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "RespondToAuthChallenge", ChallengeOperations::respond,
        "AdminRespondToAuthChallenge", ChallengeOperations::respondAsAdministrator);
  }

  /**
   * The user name must be the real one, no alias. (Source: API reference, AdminInitiateAuth; what
   * an alias is answered is unpublished.)
   */
  private static ObjectNode respondAsAdministrator(Call call) {
    Pool pool = call.pool();
    String name = call.request().entry("ChallengeResponses", "USERNAME").orElse("");
    pool.user(call.role(), name)
        .filter(user -> !user.sub().equals(name))
        .filter(user -> !pool.key(user.username()).equals(pool.key(name)))
        .ifPresent(
            user -> {
              throw SealedState.invalid();
            });
    return respond(call);
  }

  private static ObjectNode respond(Call call) {
    AppClient client = call.client();
    String challenge = call.request().required("ChallengeName");
    checkServed(call, challenge);
    return switch (challenge) {
      case PasswordVerifierChallenge.NAME -> PasswordVerifierChallenge.answer(call, client);
      case NewPasswordChallenge.NAME -> NewPasswordChallenge.answer(call, client);

      case MfaChallenges.TOTP -> MfaChallenges.answerTotp(call, client);
      case MfaChallenges.SELECT -> MfaChallenges.answerSelection(call, client);
      case MfaSetupChallenge.NAME -> MfaSetupChallenge.answer(call, client);
      case CodeChallenges.EMAIL, CodeChallenges.SMS, MfaChallenges.SMS ->
          CodeChallenges.answer(call, client, challenge);
      case ChoiceChallenges.SELECT -> ChoiceChallenges.answerSelection(call, client);
      case ChoiceChallenges.PASSWORD -> ChoiceChallenges.answerPassword(call, client);
      case ChoiceChallenges.SRP -> ChoiceChallenges.answerSrp(call, client);
      case DeviceChallenges.SRP -> DeviceChallenges.answerSrp(call, client);
      case DeviceChallenges.VERIFIER -> DeviceChallenges.answerVerifier(call, client);
      case WebAuthnChallenge.NAME -> WebAuthnChallenge.answer(call, client);
      case CustomChallenge.NAME -> CustomChallenge.answer(call, client);
      default -> throw WireError.notEmulated("the challenge " + challenge);
    };
  }

  /**
   * Refuses what a replica does not do. That TOTP does not work there is documented; that the error
   * is this one, and that answers fail which end in writes, are assumptions, which the emulator's
   * builder can switch off.
   */
  private static void checkServed(Call call, String challenge) {
    if (call.role() == RegionRole.PRIMARY) {
      return;
    }
    Assumptions assumptions = call.cognito().assumptions();
    boolean served =
        switch (challenge) {
          case MfaChallenges.TOTP -> assumptions.hold(Unpublished.TOTP_ON_SECONDARY);
          case MfaSetupChallenge.NAME, NewPasswordChallenge.NAME ->
              assumptions.hold(Unpublished.CHALLENGE_WRITES_ON_SECONDARY);
          default -> true;
        };
    if (!served) {
      throw WireError.of(
          "OperationNotEnabledException",
          challenge + " is not enabled in " + call.cognito().region(call.role()) + ".");
    }
  }
}
