package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import java.time.Duration;

/**
 * Hears how a {@link Drill} goes. Called by the thread that drills, which waits for it. An
 * exception is logged, and the drill goes on; to end a drill, interrupt its thread.
 */
public interface DrillListener {
  /** The outage has begun. */
  default void outageBegins() {}

  /**
   * A sample call was made.
   *
   * @param at since the drill began
   * @param serving the Region that served when it was made
   */
  default void sampled(Duration at, RegionRole serving, boolean failed) {}

  /**
   * The outage is over, and the way back begins.
   *
   * @param aborted whether too many samples had failed
   */
  default void outageEnds(boolean aborted) {}
}
