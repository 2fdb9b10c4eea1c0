package io.github.twinpool.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pool has a replica, and how far it is. CREATING ends in INACTIVE and DELETING in
 * nothing, each after a delay; everything else is set. Those who list replicas see each change a
 * while later. Thread-safe.
 */
final class Replica {
  private final Delays delays;
  private final boolean pendingFirst;
  private @Nullable ReplicaStatus status;
  private @Nullable ReplicaStatus before;
  private Instant since = Instant.MIN;

  /**
   * No replica.
   *
   * @param pendingFirst shows the first half of CREATING as PENDING_CREATE
   */
  Replica(Delays delays, boolean pendingFirst) {
    this.delays = delays;
    this.pendingFirst = pendingFirst;
  }

  /** The status at a time; empty when there is no replica. */
  synchronized Optional<ReplicaStatus> status(Instant now) {
    boolean due = !now.isBefore(since.plus(delays.replica()));
    if (status == ReplicaStatus.CREATING && due) {
      status = ReplicaStatus.INACTIVE;
    } else if (status == ReplicaStatus.DELETING && due) {
      status = null;
    }
    return Optional.ofNullable(status);
  }

  /** The status as those see it who list replicas. */
  synchronized Optional<String> shown(Instant now) {
    Optional<ReplicaStatus> actual = status(now);
    if (now.isBefore(since.plus(delays.consistency()))) {
      return Optional.ofNullable(before).map(Enum::name);
    }
    return actual.map(it -> name(it, now));
  }

  /** The status as the answer says it that sets it. */
  synchronized String name(ReplicaStatus of, Instant now) {
    Duration half = delays.replica().dividedBy(2);
    boolean pending =
        pendingFirst && of == ReplicaStatus.CREATING && now.isBefore(since.plus(half));
    return pending ? "PENDING_CREATE" : of.name();
  }

  synchronized void set(ReplicaStatus newStatus, Instant now) {
    before = status(now).orElse(null);
    status = newStatus;
    since = now;
  }

  /** Has a replica of this status from the start. */
  synchronized void begin(ReplicaStatus first) {
    status = first;
  }
}
