package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** What follows a factor that was proved, in Cognito's order. */
final class SignInSteps {
  private SignInSteps() {}

  /** Custom challenges if they were asked for; else a new password if it must be set; else MFA. */
  static ObjectNode afterPassword(SignInAttempt attempt) {
    UserRecord user = attempt.user();
    return switch (user.status()) {
      case UNCONFIRMED -> throw WireError.of("UserNotConfirmedException", "User is not confirmed.");
      case RESET_REQUIRED ->
          throw WireError.of(
              "PasswordResetRequiredException", "Password reset required for the user");
      case EXTERNAL_PROVIDER -> throw SignInAttempt.wrongCredentials();
      case FORCE_CHANGE_PASSWORD -> afterTemporaryPassword(attempt);
      case CONFIRMED -> afterOwnPassword(attempt);
    };
  }

  private static ObjectNode afterTemporaryPassword(SignInAttempt attempt) {
    Call call = attempt.call();
    Duration validity = attempt.pool().settings(call.role()).passwordPolicy().temporaryValidity();
    if (!call.now().isBefore(attempt.user().password().since().plus(validity))) {
      throw WireError.notAuthorized(
          "Temporary password has expired and must be reset by an administrator.");
    }
    return NewPasswordChallenge.issue(attempt);
  }

  /** After the user has proved a password of their own. */
  static ObjectNode afterOwnPassword(SignInAttempt attempt) {
    return attempt.notes().custom()
        ? CustomChallenge.first(attempt)
        : MfaChallenges.issue(attempt).orElseGet(() -> afterMfa(attempt));
  }

  /**
   * After a passkey.
   *
   * @param insteadOfMfa whether it stands for the second factor, too
   */
  static ObjectNode afterPasskey(SignInAttempt attempt, boolean insteadOfMfa) {
    boolean done = insteadOfMfa && attempt.user().status() == UserStatus.CONFIRMED;
    return done ? afterMfa(attempt) : afterPassword(attempt);
  }

  /** After a first factor that no second one follows, or after both. */
  static ObjectNode afterMfa(SignInAttempt attempt) {
    return DeviceChallenges.issue(attempt).orElseGet(() -> afterDevice(attempt));
  }

  /** Nothing is left to prove. */
  static ObjectNode afterDevice(SignInAttempt attempt) {
    return TokenSet.forSignIn(attempt).set("ChallengeParameters", WireJson.object());
  }
}
