package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.RegionRole;
import java.util.List;

/**
 * Where one call may go, decided when it begins.
 *
 * @param order the Regions to try, the first first; empty if the call is refused
 * @param attemptTimeout the longest that each attempt may take, in nanoseconds
 * @param capped whether an attempt is left out while enough calls are trying its Region, both being
 *     down
 * @param refusal why it is refused, else empty
 */
public record Route(List<RegionRole> order, long attemptTimeout, boolean capped, String refusal) {
  /** The same for one of its Regions alone. */
  public Route only(RegionRole role) {
    return new Route(List.of(role), attemptTimeout, capped, "");
  }

  public static Route to(List<RegionRole> order, long attemptTimeout) {
    return new Route(order, attemptTimeout, false, "");
  }

  public static Route capped(List<RegionRole> order, long attemptTimeout) {
    return new Route(order, attemptTimeout, true, "");
  }

  public static Route refused(String reason) {
    return new Route(List.of(), 0, false, reason);
  }
}
