package io.github.twinpool.failover;

/**
 * How much the health check of somebody else decides: a Route 53 check, for one, which AWS asks SDK
 * calls to follow when the pool's domain does.
 */
public enum Advice {
  /**
   * Unhealthy counts as one failed probe and blocks the failback. The evidence of this process
   * decides.
   */
  BIAS,
  /**
   * Two unhealthy reports in a row and an answering secondary decide, so that a fleet moves
   * together.
   */
  FOLLOW
}
