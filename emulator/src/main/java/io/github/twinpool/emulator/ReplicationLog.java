package io.github.twinpool.emulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * The one-way replication: changes that one Region made and the other will see a lag later, in the
 * order in which they were made. What has arrived stays, also when the lag grows. Thread-safe; this
 * object is the lock of all replicated state.
 */
final class ReplicationLog {
  /** Enough for any test; beyond it the oldest change arrives early. */
  private static final int LIMIT = 200_000;

  private record Change(Instant at, Runnable arrival) {}

  private final InstantSource clock;
  private final Duration initialLag;
  private final Deque<Change> underWay = new ArrayDeque<>();
  private Duration lag;

  ReplicationLog(InstantSource clock, Duration lag) {
    this.clock = clock;
    this.initialLag = lag;
    this.lag = lag;
  }

  /** One that nothing is under way in, with the lag that this one began with. */
  ReplicationLog fresh() {
    return new ReplicationLog(clock, initialLag);
  }

  synchronized void lag(Duration newLag) {
    lag = newLag;
  }

  synchronized Duration lag() {
    return lag;
  }

  /** Sends a change on its way. It arrives when {@link #catchUp()} finds its time come. */
  synchronized void append(Runnable arrival) {
    underWay.add(new Change(clock.instant(), arrival));
    if (underWay.size() > LIMIT) {
      underWay.remove().arrival().run();
    }
  }

  /** Lets everything arrive that is old enough. */
  synchronized void catchUp() {
    Instant visible = clock.instant().minus(lag);
    while (!underWay.isEmpty() && !underWay.peek().at().isAfter(visible)) {
      underWay.remove().arrival().run();
    }
  }

  /** Does something that no other change may come between. */
  synchronized <T> T atomically(Supplier<T> work) {
    return work.get();
  }
}
