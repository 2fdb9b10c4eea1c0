package io.github.twinpool.token;

import java.time.Duration;

/**
 * How keys come and go. All times are elapsed time, not wall time.
 *
 * @param refreshInterval the age at which keys are refreshed, at the latest; up to a fifth earlier
 * @param removedKeyGrace how long a key lives after the fetch that missed it
 * @param outageMaxAge how long keys live after the last successful fetch
 * @param keysTimeout how long a refresh, and so a source or a caller without any keys, may take
 * @param unknownKeyWait how long a caller with an unknown key may wait while other keys are here
 * @param hedgeDelay how long one source is alone before the next is asked, too
 * @param stragglerWait how long the others have once one source has answered
 * @param refetchSpacing the time from one fetch for an unknown key to the next: the budget is two
 *     in twice this time
 * @param unknownKeyMemory how long a key that was not found is not fetched for again
 * @param retryMin the first pause after all sources have failed; each next is twice as long
 * @param retryMax the longest pause
 */
record KeyPolicy(
    Duration refreshInterval,
    Duration removedKeyGrace,
    Duration outageMaxAge,
    Duration keysTimeout,
    Duration unknownKeyWait,
    Duration hedgeDelay,
    Duration stragglerWait,
    Duration refetchSpacing,
    Duration unknownKeyMemory,
    Duration retryMin,
    Duration retryMax) {

  static KeyPolicy of(
      Duration refreshInterval,
      Duration removedKeyGrace,
      Duration outageMaxAge,
      Duration keysTimeout) {
    return new KeyPolicy(
        refreshInterval,
        removedKeyGrace,
        outageMaxAge,
        keysTimeout,
        Duration.ofSeconds(1),
        Duration.ofMillis(300),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(8),
        Duration.ofSeconds(1),
        Duration.ofMinutes(1));
  }
}
