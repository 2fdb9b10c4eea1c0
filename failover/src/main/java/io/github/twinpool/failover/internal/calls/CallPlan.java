package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.internal.machine.Route;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;

/**
 * What is settled about a call before its first attempt. Times are monotonic nanoseconds.
 *
 * @param needs what it asks of its routing
 * @param route the Regions to try
 * @param deadline when it ends, whatever has come of it: one deadline for both Regions
 * @param attemptTimeout the longest that each attempt may take
 * @param sender sends it
 * @param hedged whether it is one of two calls that race: then it says which attempts were made
 *     rather than what the last one met
 */
record CallPlan(
    RoutingNeeds needs,
    Route route,
    long deadline,
    long attemptTimeout,
    RegionSender sender,
    boolean hedged) {

  /** The half of a hedged call that asks this Region. */
  CallPlan half(RegionRole role) {
    return new CallPlan(needs, route.only(role), deadline, attemptTimeout, sender, true);
  }
}
