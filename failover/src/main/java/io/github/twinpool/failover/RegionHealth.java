package io.github.twinpool.failover;

/** What the evidence says of one Region. More values may be added. */
public enum RegionHealth {
  /**
   * It has answered nothing in this process yet, neither a call nor a probe. If that lasts, look at
   * the way there first: a proxy, a firewall, a route.
   */
  UNKNOWN,
  /** Nothing speaks against it. */
  UP,
  /** A call is slow, or a call or a probe has failed: it is being watched closely. */
  SUSPECT,
  /** It does not answer, or answers with failures. */
  DOWN,
  /** It answers, but does not serve this pool: a replica that is not ACTIVE. */
  NOT_SERVING
}
