package io.github.twinpool.examples;

import io.github.twinpool.failover.FailoverMode;
import java.util.List;
import java.util.Optional;

/**
 * What happened to the primary and what Twinpool made of it. All times are nanoseconds since the
 * load began.
 *
 * @param turns every change of Twinpool's mode, in their order
 */
record History(
    long outageBeganNanos, long outageEndedNanos, long endedNanos, List<History.Turn> turns) {

  /** Twinpool changed its mode. */
  record Turn(long atNanos, FailoverMode from, FailoverMode to, String reason) {}

  History {
    turns = List.copyOf(turns);
  }

  long beganNanos(Phase phase) {
    return switch (phase) {
      case HEALTHY -> 0;
      case OUTAGE -> outageBeganNanos;
      case RECOVERY -> outageEndedNanos;
    };
  }

  long endedNanos(Phase phase) {
    return switch (phase) {
      case HEALTHY -> outageBeganNanos;
      case OUTAGE -> outageEndedNanos;
      case RECOVERY -> endedNanos;
    };
  }

  /** The switch to the secondary, if there was one. */
  Optional<Turn> switched() {
    return turns.stream()
        .filter(turn -> turn.to() == FailoverMode.SECONDARY && turn.atNanos() >= outageBeganNanos)
        .findFirst();
  }

  /** The return of all calls to the primary, if Twinpool switched and returned. */
  Optional<Turn> returned() {
    return switched().isEmpty()
        ? Optional.empty()
        : turns.stream()
            .filter(turn -> turn.to() == FailoverMode.PRIMARY && turn.atNanos() >= outageEndedNanos)
            .findFirst();
  }
}
