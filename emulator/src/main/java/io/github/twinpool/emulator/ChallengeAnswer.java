package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What a client answers to a challenge, after it was found to belong to one. */
final class ChallengeAnswer {
  private static final String RESPONSES = "ChallengeResponses";

  private final SealedState state;
  private final SignInAttempt attempt;

  private ChallengeAnswer(SealedState state, SignInAttempt attempt) {
    this.state = state;
    this.attempt = attempt;
  }

  /** What the sessions of a challenge are sealed for. */
  static String sessionOf(String challenge) {
    return "session " + challenge;
  }

  /**
   * The answer to a challenge that came with a Session.
   *
   * @throws WireError if it lacks something, or the session is not good for it
   */
  static ChallengeAnswer withSession(Call call, AppClient client, String challenge) {
    String session =
        call.request()
            .text("Session")
            .orElseThrow(() -> WireError.invalidParameter("Missing required parameter Session"));
    return open(call, client, sessionOf(challenge), session);
  }

  /**
   * The answer to a challenge whose state is in something other than a Session.
   *
   * @throws WireError if it lacks something, or the state is not good for it
   */
  static ChallengeAnswer open(Call call, AppClient client, String purpose, String sealed) {
    String claimed = call.request().requiredEntry(RESPONSES, "USERNAME");
    call.checkSecretHash(client, claimed, call.request().entry(RESPONSES, "SECRET_HASH"));
    Pool pool = call.poolOf(client);
    SealedState state = SealedState.open(call, pool, client, purpose, sealed);
    if (!state.isOf(pool, call.role(), claimed)) {
      throw SealedState.invalid();
    }
    SignInAttempt attempt = SignInAttempt.resume(call, pool, client, state);
    // A client that finds its device forgotten answers again with a null.
    if (call.request().hasEntry(RESPONSES, "DEVICE_KEY")) {
      attempt = attempt.withDevice(call.request().entry(RESPONSES, "DEVICE_KEY").orElse(null));
    }
    return new ChallengeAnswer(state, attempt);
  }

  SignInAttempt attempt() {
    return attempt;
  }

  ObjectNode data() {
    return state.data();
  }

  Optional<String> entry(String name) {
    return attempt.call().request().entry(RESPONSES, name).filter(value -> !value.isEmpty());
  }

  /**
   * A part of the answer.
   *
   * @throws WireError an InvalidParameterException that names it, if it is missing
   */
  String required(String name) {
    return attempt.call().request().requiredEntry(RESPONSES, name);
  }

  /**
   * Uses the state up, once the answer is found right; the sign-in goes on.
   *
   * @throws WireError if the state was used at the same time, or the device does not exist
   */
  SignInAttempt accepted() {
    attempt.found().ifPresent(user -> Devices.check(attempt));
    useUp();
    return attempt;
  }

  /** Uses the state up, whatever becomes of the sign-in. */
  void useUp() {
    attempt.pool().usedStates().use(state.id());
  }
}
