package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.Optional;

/**
 * Is told what the failover does. Except for {@link #onCall}, all calls come from one thread of
 * Twinpool's, in order, and never from a thread that serves a request. An exception is logged and
 * ignored. A listener that falls behind by more than 4,096 events misses some, which is logged.
 */
public interface FailoverListener {
  /** The mode has changed. */
  default void onTransition(Transition transition) {}

  /** The health of a Region has changed. */
  default void onHealthChange(RegionRole role, RegionHealth from, RegionHealth to, String reason) {}

  /**
   * An attempt has ended.
   *
   * @param operation the API operation
   * @param role the Region that was tried
   * @param outcome how it ended
   * @param elapsed how long it took
   */
  default void onAttempt(
      String operation, RegionRole role, AttemptOutcome outcome, Duration elapsed) {}

  /**
   * A call goes on in another Region after an attempt that was not answered.
   *
   * @param state whether the first Region can have acted on it; after UNKNOWN, a sign-in may have
   *     run triggers, sent a code or counted towards lockout twice
   */
  default void onMove(String operation, RegionRole from, RegionRole to, RequestState state) {}

  /**
   * A call has ended. Told on the thread on which it ends, and before its caller learns of it: a
   * listener that takes long here holds up that call, which is logged once.
   */
  default void onCall(CallReport report) {}

  /** A probe has ended. */
  default void onProbe(RegionRole role, String probe, boolean alive) {}

  /**
   * A revocation could not be brought to the Region that had not answered it: there, the session
   * lives on.
   *
   * @param originJti the session, if it is known
   */
  default void onRevocationLost(Optional<String> originJti) {}
}
