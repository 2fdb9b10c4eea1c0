package io.github.twinpool.operations;

/**
 * Hears what becomes of a {@link Route53HealthSignal}. Called by its thread; an exception is logged
 * and changes nothing.
 */
public interface Route53HealthSignalListener {
  /** The first reading, and each that differs from the one before. */
  default void changed(boolean healthy) {}

  /**
   * The check cannot be read, for a reason that is new. The failover goes on by its own evidence:
   * advice older than 60 s is none.
   */
  default void unreadable(HealthSignalProblem problem) {}

  /** The check can be read again. */
  default void readable() {}
}
