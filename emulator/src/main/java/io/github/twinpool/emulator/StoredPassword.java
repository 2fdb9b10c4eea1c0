package io.github.twinpool.emulator;

import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A password as a pool keeps it: for those who send it, and for those who prove that they know it.
 * Thread-safe.
 */
final class StoredPassword {
  private final PasswordHash hash;
  private final Srp.HashedPassword hashed;
  private final boolean chosen;
  private final Instant since;
  private volatile Srp.@Nullable Verifier verifier;

  private StoredPassword(
      PasswordHash hash, Srp.HashedPassword hashed, boolean chosen, Instant since) {
    this.hash = hash;
    this.hashed = hashed;
    this.chosen = chosen;
    this.since = since;
  }

  /**
   * Stores a password.
   *
   * @param poolName the pool's ID after the underscore
   */
  static StoredPassword of(
      String poolName, String username, String password, SecureRandom random, Instant now) {
    return new StoredPassword(
        PasswordHash.of(password, random),
        Srp.HashedPassword.of(poolName, username, password, random),
        true,
        now);
  }

  /** Says that no person chose or knows this password: its user has none. */
  StoredPassword unknown() {
    return new StoredPassword(hash, hashed, false, since);
  }

  /** Whether there is a password, rather than none. */
  boolean exists() {
    return chosen;
  }

  /** When it was set. */
  Instant since() {
    return since;
  }

  PasswordHash hash() {
    return hash;
  }

  /** Made when it is first asked for. Two threads may make it twice; it is the same. */
  Srp.Verifier verifier() {
    Srp.Verifier made = verifier;
    if (made == null) {
      made = hashed.verifier();
      verifier = made;
    }
    return made;
  }

  boolean matches(String password) {
    return hash.matches(password);
  }

  @Override
  public String toString() {
    return "StoredPassword[…]";
  }
}
