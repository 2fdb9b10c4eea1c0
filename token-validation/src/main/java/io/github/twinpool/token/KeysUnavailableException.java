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
    super(message(poolId, failures));
    this.poolId = poolId;
    this.failures = List.copyOf(failures);
  }

  private static String message(String poolId, List<KeySourceFailure> failures) {
    return failures.stream()
        .map(KeySourceFailure::toString)
        .collect(
            Collectors.joining(
                "; ",
                "the keys of " + poolId + " are not to be had: ",
                failures.isEmpty() ? "no source answered in time" : ""));
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
