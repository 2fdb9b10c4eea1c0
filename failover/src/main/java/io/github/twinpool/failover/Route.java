package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import java.util.List;

/**
 * Where one call may go, decided when it begins.
 *
 * @param order the Regions to try, the first first; empty if the call is refused
 * @param attemptTimeout the longest that each attempt may take, in nanoseconds
 * @param refusal why it is refused, else empty
 */
record Route(List<RegionRole> order, long attemptTimeout, String refusal) {
  /** The same for one of its Regions alone. */
  Route only(RegionRole role) {
    return new Route(List.of(role), attemptTimeout, "");
  }

  static Route refused(String reason) {
    return new Route(List.of(), 0, reason);
  }
}
