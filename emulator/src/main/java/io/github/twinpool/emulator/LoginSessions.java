package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.internal.saml.NameId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Who is signed in at a browser, by its session cookie. A session lives one hour. (Source: Cognito
 * developer guide.) That the other Region does not know it is an assumption. Thread-safe.
 */
final class LoginSessions {
  private static final int KEPT = 100_000;
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final Map<String, Session> sessions = new BoundedMap<>(KEPT);

  /**
   * One browser's sign-in.
   *
   * @param provider the identity provider that was signed in with, or COGNITO
   * @param atProvider what a SAML provider calls it
   */
  record Session(
      String username,
      String provider,
      RegionRole role,
      Instant authTime,
      Optional<AtProvider> atProvider) {}

  /** A session at a SAML provider, as a sign-out there must name it. */
  record AtProvider(NameId nameId, Optional<String> sessionIndex) {}

  synchronized void begin(String id, Session session) {
    sessions.put(id, session);
  }

  synchronized Optional<Session> find(String id, RegionRole role, Instant now) {
    return Optional.ofNullable(sessions.get(id))
        .filter(found -> found.role() == role)
        .filter(found -> now.isBefore(found.authTime().plus(LIFETIME)));
  }

  synchronized void end(String id) {
    sessions.remove(id);
  }
}
