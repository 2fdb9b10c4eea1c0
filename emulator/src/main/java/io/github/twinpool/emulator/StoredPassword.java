package io.github.twinpool.emulator;

import java.security.SecureRandom;

/**
 * A password as a pool keeps it: for those who send it, and for those who prove that they know it.
 */
record StoredPassword(PasswordHash hash, Srp.Verifier verifier) {

  /**
   * Stores a password.
   *
   * @param poolName the pool's ID after the underscore
   */
  static StoredPassword of(String poolName, String username, String password, SecureRandom random) {
    return new StoredPassword(
        PasswordHash.of(password, random), Srp.Verifier.of(poolName, username, password, random));
  }

  boolean matches(String password) {
    return hash.matches(password);
  }
}
