package io.github.twinpool.failover;

import java.time.Duration;

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
 */
public record Transition(
    FailoverMode from,
    FailoverMode to,
    String reason,
    Duration timeInOldMode,
    long failedCalls,
    long rescuedCalls,
    boolean observedOnly) {}
