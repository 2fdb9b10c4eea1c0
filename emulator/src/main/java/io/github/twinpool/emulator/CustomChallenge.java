package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * A challenge of the flow CUSTOM_AUTH, in the place of the Lambda triggers that a pool would have:
 * the emulator asks its challenges in their order, and issues tokens after the last.
 *
 * @param publicParameters what the client sees of it, beside USERNAME
 * @param answer the right answer, a secret of the test: {@code toString} does not show it
 * @see CognitoEmulator.Builder#customChallenges
 */
public record CustomChallenge(Map<String, String> publicParameters, String answer) {
  static final String NAME = "CUSTOM_CHALLENGE";
  private static final int ATTEMPTS = 3;

  /** Checks that there is an answer. */
  public CustomChallenge {
    publicParameters = Map.copyOf(publicParameters);
    if (answer.isEmpty()) {
      throw new IllegalArgumentException("answer: '' wants at least one character");
    }
  }

  /**
   * Refuses custom sign-ins of an emulator that has no challenges.
   *
   * @throws WireError an InvalidParameterException, as of a pool without the triggers
   */
  static void checkConfigured(Call call) {
    if (call.cognito().customChallenges().isEmpty()) {
      throw WireError.invalidParameter(
          "Custom auth lambda trigger is not configured for the user pool.");
    }
  }

  static ObjectNode first(SignInAttempt attempt) {
    return issue(attempt, 0, 0);
  }

  private static ObjectNode issue(SignInAttempt attempt, int index, int failures) {
    CustomChallenge challenge = attempt.call().cognito().customChallenges().get(index);
    ObjectNode parameters = WireJson.object();
    challenge.publicParameters.forEach(parameters::put);
    ObjectNode data = WireJson.object().put("index", index).put("failures", failures);
    return attempt.challenge(NAME, parameters.put("USERNAME", attempt.username()), data);
  }

  /** A wrong answer uses the session up, too: the same challenge comes with a new one. */
  static ObjectNode answer(Call call, AppClient client) {
    ChallengeAnswer answer = ChallengeAnswer.withSession(call, client, NAME);
    List<CustomChallenge> challenges = call.cognito().customChallenges();
    int index = answer.data().path("index").asInt();
    int failures = answer.data().path("failures").asInt();
    boolean right =
        PasswordHash.equal(challenges.get(index).answer, answer.required("ANSWER"))
            && answer.attempt().found().isPresent();
    if (!right) {
      answer.useUp();
      if (failures + 1 >= ATTEMPTS) {
        throw SignInAttempt.wrongCredentials();
      }
      return issue(answer.attempt(), index, failures + 1);
    }
    MfaChallenges.checkEnabled(answer.attempt());
    SignInAttempt attempt = answer.accepted();
    if (index + 1 < challenges.size()) {
      return issue(attempt, index + 1, 0);
    }
    if (attempt.user().status() == UserStatus.UNCONFIRMED) {
      throw WireError.of("UserNotConfirmedException", "User is not confirmed.");
    }
    return SignInSteps.afterMfa(attempt);
  }

  @Override
  public String toString() {
    return "CustomChallenge" + publicParameters.keySet();
  }
}
