package io.github.twinpool.token;

/**
 * Which tokens are not to be accepted although they have not expired. Asked for every token that is
 * good otherwise, cached or not. Must be safe for use by many threads at once and must not block.
 * What it throws reaches the caller of the validator.
 *
 * <p>Cognito's own revocation is not seen here: a revoked token verifies offline until it expires
 * (source: Cognito developer guide, "Ending user sessions with token revocation"). A list knows
 * what the application tells it. {@link InMemoryRevocationList} is one.
 */
@FunctionalInterface
public interface RevocationList {
  /** Whether the token is refused, with REVOKED. */
  boolean isRevoked(VerifiedToken token);
}
