package io.github.twinpool.emulator;

import java.util.EnumSet;
import java.util.Set;

/**
 * What AWS has not published and the emulator had to assume. By default nothing of it holds.
 *
 * @param holding what holds in this emulator
 */
record Assumptions(Set<Unpublished> holding) {
  static final Assumptions DEFAULT = new Assumptions(Set.of());

  /** What may hold or not. */
  enum Unpublished {
    /** Revocations made on the secondary replicate. */
    SECONDARY_REVOCATIONS_REACH_PRIMARY,
    /** Both Regions know which rotating tokens were used, rather than each its own uses. */
    ROTATION_STATE_SHARED,
    /** A page token is good in the Region that did not issue it, too. */
    PAGE_TOKENS_PORTABLE,
    /** A challenge's session is good in the Region that did not issue it, too. */
    SESSIONS_PORTABLE,
    /** An authorization code is good in the Region that did not issue it, too. */
    CODES_PORTABLE,
    /** The secondary checks TOTP codes. */
    TOTP_ON_SECONDARY,
    /** The secondary takes the answers that end in writes: new passwords, MFA set-up. */
    CHALLENGE_WRITES_ON_SECONDARY,
    /** Sign-ins on the secondary begin to track devices, which could be confirmed in no way. */
    NEW_DEVICES_ON_SECONDARY,
    /** A Region that holds the replica tells and changes the account's rates of requests there. */
    PROVISIONED_LIMITS_ON_SECONDARY,
    /** A replica begins PENDING_CREATE, as in the guide's samples. */
    PENDING_CREATE
  }

  Assumptions {
    holding = Set.copyOf(holding);
  }

  boolean hold(Unpublished what) {
    return holding.contains(what);
  }

  Assumptions with(Unpublished what, boolean holds) {
    Set<Unpublished> changed = EnumSet.noneOf(Unpublished.class);
    changed.addAll(holding);
    if (holds) {
      changed.add(what);
    } else {
      changed.remove(what);
    }
    return new Assumptions(changed);
  }
}
