package io.github.twinpool.emulator;

import java.util.Optional;

/** Tells a user by their password, with the lockout that each Region keeps for itself. */
final class PasswordCheck {
  private PasswordCheck() {}

  /**
   * The user who has this password.
   *
   * @throws WireError a NotAuthorizedException; for an unknown user, if the client does not prevent
   *     existence errors, a UserNotFoundException
   */
  static UserRecord check(
      Call call, Pool pool, AppClient client, String username, String password) {
    Optional<UserRecord> user = pool.user(call.role(), username);
    if (user.isEmpty() && !client.preventsUserExistenceErrors()) {
      throw WireError.noSuchUser();
    }
    String counter = user.map(UserRecord::username).orElse(pool.key(username));
    Lockouts lockouts = pool.lockouts(call.role());
    lockouts.check(counter, call.now());
    // An unknown user costs as much time as a known one.
    PasswordHash hash = user.map(UserRecord::password).orElseGet(call.cognito()::nobodysHash);
    if (!hash.matches(password) || user.isEmpty()) {
      lockouts.failed(counter, call.now());
      throw WireError.notAuthorized("Incorrect username or password.");
    }
    lockouts.succeeded(counter);
    if (!user.get().enabled()) {
      throw WireError.notAuthorized("User is disabled.");
    }
    return user.get();
  }
}
