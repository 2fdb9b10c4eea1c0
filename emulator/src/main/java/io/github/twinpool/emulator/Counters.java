package io.github.twinpool.emulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts by name. Thread-safe. */
final class Counters {
  private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();

  void increment(String name) {
    counters.computeIfAbsent(name, unused -> new LongAdder()).increment();
  }

  long of(String name) {
    LongAdder counter = counters.get(name);
    return counter == null ? 0 : counter.sum();
  }

  long sum() {
    return counters.values().stream().mapToLong(LongAdder::sum).sum();
  }
}
