package io.github.twinpool.examples;

import io.github.twinpool.examples.History.Turn;
import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.Transition;
import java.util.ArrayList;
import java.util.List;

/** Writes the {@link History} while it happens. Safe for use by many threads. */
final class Timeline implements FailoverListener {
  private final LoadClock clock;
  private final List<Turn> turns = new ArrayList<>();
  private Phase phase = Phase.HEALTHY;
  private long outageBeganNanos;
  private long outageEndedNanos;

  Timeline(LoadClock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void onTransition(Transition transition) {
    turns.add(
        new Turn(clock.elapsedNanos(), transition.from(), transition.to(), transition.reason()));
  }

  synchronized void outageBegan() {
    phase = Phase.OUTAGE;
    outageBeganNanos = clock.elapsedNanos();
  }

  synchronized void outageEnded() {
    phase = Phase.RECOVERY;
    outageEndedNanos = clock.elapsedNanos();
  }

  synchronized Phase phase() {
    return phase;
  }

  synchronized FailoverMode mode() {
    return turns.isEmpty() ? FailoverMode.PRIMARY : turns.get(turns.size() - 1).to();
  }

  /** Whether the outage is over and Twinpool has been at the primary for so long since then. */
  synchronized boolean settledFor(long nanos) {
    long atPrimarySince = turns.isEmpty() ? 0 : turns.get(turns.size() - 1).atNanos();
    return phase == Phase.RECOVERY
        && mode() == FailoverMode.PRIMARY
        && clock.elapsedNanos() - Math.max(atPrimarySince, outageEndedNanos) >= nanos;
  }

  synchronized History history() {
    return new History(outageBeganNanos, outageEndedNanos, clock.elapsedNanos(), turns);
  }
}
