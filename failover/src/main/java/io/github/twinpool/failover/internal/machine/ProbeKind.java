package io.github.twinpool.failover.internal.machine;

/** What a probe asks a Region. */
public enum ProbeKind {
  /** GET of the pool's key set: cheap, and it may answer while sign-in does not [assume]. */
  JWKS,
  /**
   * An unsigned GetUser with a malformed token: the sign-in plane, alive if it answers 4xx
   * [assume].
   */
  SIGN_IN_PLANE;

  /** What a probe has found. */
  public enum ProbeResult {
    /** The Region answered. */
    ALIVE,
    /** The Region answered that it does not serve this pool. */
    NOT_SERVING,
    /** No answer, or a failure. */
    FAILED,
    /** It could not be made here, for want of a connection: it has no vote. */
    NOT_MADE
  }
}
