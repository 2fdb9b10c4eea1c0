package io.github.twinpool.emulator;

/**
 * The status of a replica, by the names of the Cognito API. AWS's samples show more names than its
 * API: a client must not hard-code this list.
 */
public enum ReplicaStatus {
  /** The replica is being made; it serves nothing that INACTIVE would not serve. */
  CREATING,
  /** Made, but only administrators may read and configure it. Every replica begins so. */
  INACTIVE,
  /** Users sign in. */
  ACTIVE,
  /** About to be gone. */
  DELETING
}
