package io.github.twinpool.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One Region's counters of wrong passwords. After five, sign-ins are refused for one second, and
 * for twice as long after each further one, up to about 15 minutes; attempts while locked do not
 * count. A successful sign-in or 15 minutes of peace reset the counter. (Source: Cognito developer
 * guide; that each Region counts for itself, too.) Thread-safe.
 */
final class Lockouts {
  private static final int FREE_ATTEMPTS = 5;
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int USERS = 100_000;

  private record Failures(int count, Instant last) {
    Instant lockedUntil() {
      if (count < FREE_ATTEMPTS) {
        return Instant.MIN;
      }
      Duration lock = Duration.ofSeconds(1L << Math.min(count - FREE_ATTEMPTS, 10));
      return last.plus(lock.compareTo(LONGEST) < 0 ? lock : LONGEST);
    }

    boolean forgotten(Instant now) {
      Instant peaceSince = count < FREE_ATTEMPTS ? last : lockedUntil();
      return !now.isBefore(peaceSince.plus(LONGEST));
    }
  }

  private final Map<String, Failures> byUser = new BoundedMap<>(USERS);

  /**
   * Refuses an attempt while the user is locked out.
   *
   * @throws WireError the NotAuthorizedException "Password attempts exceeded"
   */
  synchronized void check(String user, Instant now) {
    Failures failures = byUser.get(user);
    if (failures != null && now.isBefore(failures.lockedUntil())) {
      throw WireError.notAuthorized("Password attempts exceeded");
    }
  }

  synchronized void failed(String user, Instant now) {
    Failures failures = byUser.get(user);
    int before = failures == null || failures.forgotten(now) ? 0 : failures.count();
    byUser.put(user, new Failures(before + 1, now));
  }

  synchronized void succeeded(String user) {
    byUser.remove(user);
  }
}
