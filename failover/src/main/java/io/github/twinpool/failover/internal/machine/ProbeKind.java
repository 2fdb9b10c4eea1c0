package io.github.twinpool.failover.internal.machine;

/** What a probe asks a Region. */
public enum ProbeKind {
  /** GET of the pool's key set: cheap, and it may answer while sign-in does not [assume]. */
  JWKS,
  /**
   * An unsigned GetUser with a malformed token: the sign-in plane, alive if it answers 4xx
   * [assume].
   */
  SIGN_IN_PLANE
}
