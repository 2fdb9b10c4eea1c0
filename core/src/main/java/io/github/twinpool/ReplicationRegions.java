package io.github.twinpool;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The AWS Regions in which Cognito was known to offer multi-Region replication when this version
 * was released, read from {@code replication-regions.txt}. AWS will add Regions: {@link
 * UserPool.Builder#allowUnlistedRegions(boolean)} lets one in that this list does not know yet.
 */
public final class ReplicationRegions {
  private static final Set<String> KNOWN =
      Collections.unmodifiableSet(new TreeSet<>(DataFile.lines("replication-regions.txt")));

  private ReplicationRegions() {}

  /** All known Regions, in alphabetical order; unmodifiable. */
  public static Set<String> known() {
    return KNOWN;
  }

  /** Whether Cognito is known to replicate user pools in this Region. */
  public static boolean contains(String region) {
    return KNOWN.contains(region);
  }
}
