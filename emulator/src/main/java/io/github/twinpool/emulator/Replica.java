package io.github.twinpool.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pool has a replica, and how far it is. CREATING ends in INACTIVE and DELETING in
 * nothing, each after a delay; everything else is set. Thread-safe.
 */
final class Replica {
  private final Duration delay;
  private @Nullable ReplicaStatus status;
  private Instant since = Instant.MIN;

  Replica(Duration delay) {
    this.delay = delay;
  }

  /** The status at a time; empty when there is no replica. */
  synchronized Optional<ReplicaStatus> status(Instant now) {
    boolean due = !now.isBefore(since.plus(delay));
    if (status == ReplicaStatus.CREATING && due) {
      status = ReplicaStatus.INACTIVE;
    } else if (status == ReplicaStatus.DELETING && due) {
      status = null;
    }
    return Optional.ofNullable(status);
  }

  synchronized void set(ReplicaStatus newStatus, Instant now) {
    status = newStatus;
    since = now;
  }
}
