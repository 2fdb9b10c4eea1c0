package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import java.time.Duration;

/**
 * Is told what the failover does. All calls come from one thread of Twinpool's, in order, and never
 * from a thread that serves a request. An exception is logged and ignored. A listener that falls
 * behind by more than 4,096 events misses some, which is logged.
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
}
