package io.github.twinpool.emulator;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Tells a user by their password, with the lockout that each Region keeps for itself. */
final class PasswordCheck {
  private PasswordCheck() {}

  /**
   * The user who has sent this password.
   *
   * @throws WireError a NotAuthorizedException
   */
  static SignInAttempt check(SignInAttempt attempt, String password) {
    // An unknown user costs as much time as a known one.
    PasswordHash hash =
        attempt
            .found()
            .map(user -> user.password().hash())
            .orElseGet(attempt.call().cognito()::nobodysHash);
    prove(attempt, () -> hash.matches(password));
    Devices.check(attempt);
    return attempt;
  }

  /**
   * Looks at a proof, unless the user is locked out, and counts it.
   *
   * @return whether the proof was right
   * @throws WireError a NotAuthorizedException: locked out, or disabled
   */
  static boolean isProved(SignInAttempt attempt, BooleanSupplier proof) {
    Optional<UserRecord> user = attempt.found();
    String counter =
        user.map(UserRecord::username).orElseGet(() -> attempt.pool().key(attempt.username()));
    Lockouts lockouts = attempt.pool().lockouts(attempt.call().role());
    lockouts.check(counter, attempt.call().now());
    if (!proof.getAsBoolean() || user.isEmpty()) {
      lockouts.failed(counter, attempt.call().now());
      return false;
    }
    lockouts.succeeded(counter);
    if (!user.get().enabled()) {
      throw WireError.notAuthorized("User is disabled.");
    }
    return true;
  }

  private static void prove(SignInAttempt attempt, BooleanSupplier proof) {
    if (!isProved(attempt, proof)) {
      throw SignInAttempt.wrongCredentials();
    }
  }
}
