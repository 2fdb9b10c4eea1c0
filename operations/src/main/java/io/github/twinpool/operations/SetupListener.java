package io.github.twinpool.operations;

import java.time.Duration;

/**
 * Hears how far {@link ReplicationSetup#apply} is. Called by the thread that applies, which waits
 * for it. An exception is logged, and the run goes on; to end a run, interrupt its thread.
 */
public interface SetupListener {
  /** A step is about to be done. Steps that are done already are not told. */
  default void begins(SetupStep step) {}

  /**
   * A step waits for AWS, told at each look.
   *
   * @param status what AWS says: of a replica, its status
   * @param elapsed since the wait began
   */
  default void waits(SetupStep step, String status, Duration elapsed) {}

  /** A step is done, and was found so. */
  default void done(SetupStep step) {}
}
