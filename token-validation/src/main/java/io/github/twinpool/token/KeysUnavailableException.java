package io.github.twinpool.token;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Nobody can tell whether the token is good, because no source of the pool's keys answers. Says
 * nothing about the token; the caller may try again. HTTP status 503. It has no stack trace.
 */
public final class KeysUnavailableException extends TokenValidationException {
  private static final long serialVersionUID = 1L;

  private final String poolId;
  private final transient List<KeySourceFailure> failures;

  KeysUnavailableException(String poolId, List<KeySourceFailure> failures) {
    this(poolId, reason(failures), failures);
  }

  KeysUnavailableException(String poolId, String reason) {
    this(poolId, reason, List.of());
  }

  private KeysUnavailableException(String poolId, String reason, List<KeySourceFailure> failures) {
    super("the keys of " + poolId + " are not to be had: " + reason);
    this.poolId = poolId;
    this.failures = List.copyOf(failures);
  }

  private static String reason(List<KeySourceFailure> failures) {
    return failures.isEmpty()
        ? "no source answered in time"
        : failures.stream().map(KeySourceFailure::toString).collect(Collectors.joining("; "));
  }

  /** The pool whose keys are missing. */
  public String poolId() {
    return poolId;
  }

  /**
   * Which sources failed last, and how. Empty when none had answered before the time was up, and
   * after deserialization.
   */
  public List<KeySourceFailure> failures() {
    return failures == null ? List.of() : failures;
  }

  /** Always 503. */
  @Override
  public int httpStatus() {
    return 503;
  }

  /** Always true. */
  @Override
  public boolean retryable() {
    return true;
  }
}
