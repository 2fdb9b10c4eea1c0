package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which sign-ins each Region knows to be revoked, by {@code origin_jti}. The primary's revocations
 * reach the secondary with the replication lag. Those of the secondary stay there: an assumption,
 * AWS has not published how they travel, so the emulator's builder can let them travel.
 * Thread-safe.
 */
final class Revocations {
  private static final int SIGN_INS = 100_000;

  private final ReplicationLog log;
  private final boolean secondaryReachesPrimary;
  private final Map<RegionRole, Map<String, Boolean>> revoked = new EnumMap<>(RegionRole.class);
  private final Map<String, String> userOfSignIn = new BoundedMap<>(SIGN_INS);
  private final Map<String, String> signInOfEvent = new BoundedMap<>(SIGN_INS);

  Revocations(ReplicationLog log, boolean secondaryReachesPrimary) {
    this.log = log;
    this.secondaryReachesPrimary = secondaryReachesPrimary;
    for (RegionRole role : RegionRole.values()) {
      revoked.put(role, new BoundedMap<>(SIGN_INS));
    }
  }

  /** Remembers a sign-in, so that a global sign-out can find it. */
  void signedIn(String sub, String originJti) {
    synchronized (log) {
      userOfSignIn.put(originJti, sub);
    }
  }

  /** Remembers the sign-in of tokens that do not name it themselves. */
  void nameless(String eventId, String originJti) {
    synchronized (log) {
      signInOfEvent.put(eventId, originJti);
    }
  }

  /** The sign-in of tokens that do not name it, by their {@code event_id}. */
  String signInOf(String eventId) {
    synchronized (log) {
      return signInOfEvent.getOrDefault(eventId, eventId);
    }
  }

  boolean isRevoked(RegionRole role, String originJti) {
    synchronized (log) {
      return in(role).containsKey(originJti);
    }
  }

  void revoke(RegionRole role, String originJti) {
    synchronized (log) {
      in(role).put(originJti, true);
      if (role == RegionRole.PRIMARY || secondaryReachesPrimary) {
        log.append(() -> in(role.other()).put(originJti, true));
      }
    }
  }

  /** Revokes every sign-in of a user, whichever Region it was made in. */
  void revokeAll(RegionRole role, String sub) {
    synchronized (log) {
      List<String> signIns = new ArrayList<>();
      userOfSignIn.forEach(
          (originJti, user) -> {
            if (user.equals(sub)) {
              signIns.add(originJti);
            }
          });
      signIns.forEach(originJti -> revoke(role, originJti));
    }
  }

  private Map<String, Boolean> in(RegionRole role) {
    return Objects.requireNonNull(revoked.get(role));
  }
}
