package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import java.time.Duration;

/**
 * One call of a drill.
 *
 * @param at since the drill began
 * @param serving the Region that served when it was made
 */
record DrillSample(Duration at, Phase phase, RegionRole serving, boolean failed) {
  /** When it was made. */
  enum Phase {
    BEFORE,
    OUTAGE,
    AFTER
  }
}
