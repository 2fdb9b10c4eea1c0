package io.github.twinpool.operations;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still, unless somebody pauses. */
final class ManualClock implements InstantSource {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-27T12:00:00Z"));

  @Override
  public Instant instant() {
    return now.get();
  }

  long nanoTime() {
    return Duration.between(Instant.EPOCH, instant()).toNanos();
  }

  void pause(Duration duration) {
    now.updateAndGet(before -> before.plus(duration));
  }
}
