package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The codes of one pool that were issued and not used. That the other Region does not know a code
 * is an assumption, which the builder can switch off. Thread-safe.
 */
final class AuthorizationCodes {
  private static final int KEPT = 100_000;

  private final boolean portable;
  private final Map<String, AuthorizationCode> unused = new BoundedMap<>(KEPT);
  private final Map<String, Boolean> used = new BoundedMap<>(KEPT);

  AuthorizationCodes(boolean portable) {
    this.portable = portable;
  }

  synchronized void issue(String code, AuthorizationCode meaning) {
    unused.put(code, meaning);
  }

  /** What a code stands for, if it is good in this Region now. */
  synchronized Optional<AuthorizationCode> find(String code, RegionRole role, Instant now) {
    return Optional.ofNullable(unused.get(code))
        .filter(found -> portable || found.issuedBy() == role)
        .filter(found -> now.isBefore(found.expires()));
  }

  /** Uses a code up; whether nobody was faster. */
  synchronized boolean use(String code) {
    boolean first = unused.remove(code) != null;
    if (first) {
      used.put(code, true);
    }
    return first;
  }

  /** Whether a code was used, in whichever Region. */
  synchronized boolean isUsed(String code) {
    return used.containsKey(code);
  }
}
