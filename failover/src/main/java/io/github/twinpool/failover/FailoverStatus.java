package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the failover knows at one moment. Holds no secrets and prints well.
 *
 * @param mode where calls are sent
 * @param serving the Region that serves what either Region could serve
 * @param timeInMode how long the mode has lasted, pauses of this process not counted
 * @param regions the Regions by their roles
 */
public record FailoverStatus(
    FailoverMode mode, RegionRole serving, Duration timeInMode, Map<RegionRole, Region> regions) {

  /**
   * One Region.
   *
   * @param name the AWS Region
   * @param health what the evidence says
   * @param reason why, in a few words
   * @param callsInFlight attempts that have not ended yet
   */
  public record Region(String name, RegionHealth health, String reason, int callsInFlight) {}

  /** Copies the map. */
  public FailoverStatus {
    regions = Map.copyOf(regions);
  }

  @Override
  public String toString() {
    return mode
        + " for "
        + timeInMode.toSeconds()
        + " s; "
        + regions.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> e.getKey() + " " + e.getValue().name() + " " + e.getValue().health())
            .collect(Collectors.joining(", "));
  }
}
