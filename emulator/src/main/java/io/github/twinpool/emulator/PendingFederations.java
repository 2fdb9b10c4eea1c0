package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Sign-ins whose browsers are at an identity provider, by the state that they come back with. Each
 * Region knows its own. Thread-safe.
 */
final class PendingFederations {
  static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final int KEPT = 10_000;

  private final Map<String, Pending> byState = new BoundedMap<>(KEPT);

  /**
   * One of them.
   *
   * @param query of the authorization request that it began with
   * @param redirectUri where the provider sends the browser back to
   * @param expected what the provider must repeat: the nonce of an ID token, or the ID of a SAML
   *     request
   */
  record Pending(
      String query,
      String provider,
      String redirectUri,
      String expected,
      RegionRole role,
      Instant expires) {
    @Override
    public String toString() {
      return "Pending[" + provider + "]";
    }
  }

  synchronized void begin(String state, Pending pending) {
    byState.put(state, pending);
  }

  /** Ends the wait, so that a state is good once. */
  synchronized Optional<Pending> end(String state, RegionRole role, Instant now) {
    return Optional.ofNullable(byState.remove(state))
        .filter(pending -> pending.role() == role)
        .filter(pending -> now.isBefore(pending.expires()));
  }
}
