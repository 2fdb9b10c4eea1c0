package io.github.twinpool.failover.internal.regions;

/**
 * Marks a failure that came about before anything was sent to a Region. Never leaves this package.
 */
public final class LocalFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LocalFailure(Throwable cause) {
    super(cause);
  }
}
