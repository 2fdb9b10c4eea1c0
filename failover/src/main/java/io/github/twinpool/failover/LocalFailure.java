package io.github.twinpool.failover;

/**
 * Marks a failure that came about before anything was sent to a Region. Never leaves this package.
 */
final class LocalFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LocalFailure(Throwable cause) {
    super(cause);
  }
}
