package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.Map;

/**
 * A change of the {@link FailoverMode}.
 *
 * @param from the mode before
 * @param to the mode after
 * @param reason one sentence, without secrets, for people and logs
 * @param timeInOldMode how long the mode before had lasted, pauses of this process not counted
 * @param failedCalls calls that failed in the old mode because no Region answered them
 * @param rescuedCalls calls that failed in one Region and were answered by the other in the old
 *     mode
 * @param evidence what was known of each Region when it was decided
 * @param observedOnly whether the policy only observes: then no call goes elsewhere because of it
 */
public record Transition(
    FailoverMode from,
    FailoverMode to,
    String reason,
    Duration timeInOldMode,
    long failedCalls,
    long rescuedCalls,
    Map<RegionRole, Evidence> evidence,
    boolean observedOnly) {

  /** Copies the map. */
  public Transition {
    evidence = Map.copyOf(evidence);
  }
}
