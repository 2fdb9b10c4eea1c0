package io.github.twinpool.token;

/**
 * A check of the application's own, asked after all others have passed. Must be safe for use by
 * many threads at once and must not block. What it throws reaches the caller of the validator.
 */
@FunctionalInterface
public interface TokenCheck {
  /** Whether the token is accepted; if not, it is refused with CHECK_FAILED. */
  boolean accepts(VerifiedToken token);
}
