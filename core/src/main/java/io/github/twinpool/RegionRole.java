package io.github.twinpool;

/** The role that AWS gives to a Region of a multi-Region user pool. */
public enum RegionRole {
  /**
   * The Region where the pool was created: it serves every operation, and its name is in the ID.
   */
  PRIMARY,
  /** The Region of the read-only replica: it signs in, refreshes and reads. */
  SECONDARY;

  /** The other role. */
  public RegionRole other() {
    return this == PRIMARY ? SECONDARY : PRIMARY;
  }
}
