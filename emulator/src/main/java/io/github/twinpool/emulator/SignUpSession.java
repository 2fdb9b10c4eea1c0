package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The sessions that lead from SignUp by ConfirmSignUp to a sign-in with USER_AUTH, in which the
 * code of the account counts as the first factor. (Source: API reference, InitiateAuth, Session.
 * That SignUp gives one to clients with ALLOW_USER_AUTH was seen: aws-sdk-js-v3 issue 6724.)
 */
final class SignUpSession {
  private static final String SIGNED_UP = ChallengeAnswer.sessionOf("SIGN_UP");
  private static final String CONFIRMED = ChallengeAnswer.sessionOf("CONFIRM_SIGN_UP");

  private SignUpSession() {}

  /** Adds the session that SignUp gives. */
  static void begin(Call call, Pool pool, AppClient client, UserRecord user, ObjectNode answer) {
    if (client.allows("ALLOW_USER_AUTH")) {
      give(call, pool, client, user.username(), SIGNED_UP, answer);
    }
  }

  private static void give(
      Call call, Pool pool, AppClient client, String username, String purpose, ObjectNode answer) {
    SealedState state =
        new SealedState(
            pool.mint().freshId(),
            username,
            false,
            client.id(),
            call.role(),
            call.now().plus(client.lifetimes().session()),
            WireJson.object());
    answer.put("Session", state.seal(pool, purpose));
  }

  /**
   * The session of SignUp, if ConfirmSignUp carries one.
   *
   * @throws WireError a NotAuthorizedException for one that is not good for this user
   */
  static Optional<SealedState> of(Call call, Pool pool, AppClient client, String username) {
    return given(call, pool, client, username, SIGNED_UP);
  }

  private static Optional<SealedState> given(
      Call call, Pool pool, AppClient client, String username, String purpose) {
    Optional<SealedState> state =
        call.request().text("Session").map(it -> SealedState.open(call, pool, client, purpose, it));
    if (state.filter(opened -> !opened.isOf(pool, call.role(), username)).isPresent()) {
      throw SealedState.invalid();
    }
    return state;
  }

  /** Uses SignUp's session up, and adds the one that ConfirmSignUp gives for it. */
  static void confirmed(
      Call call,
      Pool pool,
      AppClient client,
      String username,
      SealedState session,
      ObjectNode answer) {
    pool.usedStates().use(session.id());
    give(call, pool, client, username, CONFIRMED, answer);
  }

  /**
   * Goes on with a sign-in that carries the session of ConfirmSignUp; empty if it carries none.
   *
   * @throws WireError a NotAuthorizedException for one that is not good for this user
   */
  static Optional<ObjectNode> signIn(SignInAttempt attempt) {
    return given(attempt.call(), attempt.pool(), attempt.client(), attempt.username(), CONFIRMED)
        .map(
            session -> {
              MfaChallenges.checkEnabled(attempt);
              Devices.check(attempt);
              attempt.pool().usedStates().use(session.id());
              return SignInSteps.afterPassword(attempt);
            });
  }
}
