package io.github.twinpool.benchmarks;

import java.util.List;
import java.util.Locale;

/** What one contestant made of one fault at one rate; waits of failed calls count, too. */
record Cell(
    Fault fault,
    int callsPerSecond,
    String contestant,
    long calls,
    long failed,
    long over500,
    long p50,
    long p99,
    long max,
    long maxGetUser) {

  static Cell of(Fault fault, int rate, String contestant, List<Wait> all) {
    List<Wait> mine =
        all.stream()
            .filter(it -> it.contestant().equals(contestant) && it.callsPerSecond() == rate)
            .toList();
    long[] waits = mine.stream().mapToLong(it -> it.waitedNanos() / 1_000_000).sorted().toArray();
    return new Cell(
        fault,
        rate,
        contestant,
        waits.length,
        mine.stream().filter(Wait::failed).count(),
        mine.stream().filter(it -> it.waitedNanos() > 500_000_000L).count(),
        percentile(waits, 50),
        percentile(waits, 99),
        percentile(waits, 100),
        mine.stream()
            .filter(it -> it.kind() == CallKind.GET_USER)
            .mapToLong(it -> it.waitedNanos() / 1_000_000)
            .max()
            .orElse(0));
  }

  private static long percentile(long[] sorted, int percent) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(percent * (long) sorted.length / 100.0);
    return sorted[Math.max(rank, 1) - 1];
  }

  static final String HEAD =
      """
      | fault | calls/s | client | calls | failed | over 500 ms | p50 ms | p99 ms | max ms | max GetUser ms |
      |---|---|---|---|---|---|---|---|---|---|
      """;

  String line() {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %d | %d | %d | %d | %d | %d | %d |",
        fault.label(),
        callsPerSecond,
        contestant,
        calls,
        failed,
        over500,
        p50,
        p99,
        max,
        maxGetUser);
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"fault\": \"%s\", \"callsPerSecond\": %d, \"client\": \"%s\", \"calls\": %d, \"failed\": %d,"
            + " \"over500Millis\": %d, \"p50Millis\": %d, \"p99Millis\": %d, \"maxMillis\": %d,"
            + " \"maxGetUserMillis\": %d}",
        fault.label(),
        callsPerSecond,
        contestant,
        calls,
        failed,
        over500,
        p50,
        p99,
        max,
        maxGetUser);
  }
}
