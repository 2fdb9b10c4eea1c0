package io.github.twinpool.failover;

/** What the evidence says of one Region. */
public enum RegionHealth {
  /** Nothing speaks against it. */
  UP,
  /** A call is slow, or a call or a probe has failed: it is being watched closely. */
  SUSPECT,
  /** It does not answer, or answers with failures. */
  DOWN,
  /** It answers, but does not serve this pool: a replica that is not ACTIVE. */
  NOT_SERVING
}
