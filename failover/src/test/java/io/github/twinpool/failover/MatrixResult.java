package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a row came to. "Calls" are those that either Region could serve; sign-ups, which only the
 * primary serves, are counted apart.
 *
 * @param switchMillis from the fault until the first switch to the secondary; -1 without one
 * @param moves calls that went on in the other Region
 */
record MatrixResult(
    MatrixRow row,
    List<MatrixCall> all,
    int hanging,
    int moves,
    long duplicates,
    long switchMillis,
    int transitions,
    long servedByPrimary,
    long servedBySecondary,
    List<String> path) {

  static MatrixResult of(
      MatrixRow row, MatrixWorld world, List<MatrixCall> calls, int hanging, long faultNanos) {
    long switched =
        world.transitions().stream()
            .filter(it -> it.transition().to() == FailoverMode.SECONDARY)
            .mapToLong(it -> Math.max(0, (it.nanos() - faultNanos) / 1_000_000))
            .findFirst()
            .orElse(-1);
    return new MatrixResult(
        row,
        List.copyOf(calls),
        hanging,
        world.moves(),
        world.emulator().duplicates(),
        switched,
        world.transitions().size(),
        world.served(RegionRole.PRIMARY),
        world.served(RegionRole.SECONDARY),
        world.transitions().stream()
            .map(
                it ->
                    String.format(
                        Locale.ROOT,
                        "%.1f s %s (%s)",
                        (it.nanos() - faultNanos) / 1e9,
                        it.transition().to(),
                        it.transition().reason()))
            .toList());
  }

  private long count(Predicate<MatrixCall> which) {
    return all.stream().filter(which).count();
  }

  long calls() {
    return count(MatrixCall::movable);
  }

  long failed() {
    return count(it -> it.movable() && it.failed()) + hanging;
  }

  long pagesLost() {
    return count(MatrixCall::pageLost);
  }

  /** Calls that went on in the other Region and were answered there. */
  long rescued() {
    return Math.max(0, moves - count(MatrixCall::twoAttempts));
  }

  long over500() {
    return count(it -> it.movable() && it.waitedNanos() > 500_000_000L);
  }

  long slowestMillis() {
    return slowest(MatrixCall::movable);
  }

  long slowest(Predicate<MatrixCall> which) {
    return all.stream()
        .filter(which)
        .max(Comparator.comparing(MatrixCall::waitedNanos))
        .map(it -> it.waitedNanos() / 1_000_000)
        .orElse(0L);
  }

  long percentileMillis(int percent) {
    long[] waits =
        all.stream()
            .filter(MatrixCall::movable)
            .mapToLong(MatrixCall::waitedNanos)
            .sorted()
            .toArray();
    if (waits.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(percent * (long) waits.length / 100.0);
    return waits[Math.max(rank, 1) - 1] / 1_000_000;
  }

  long signUps() {
    return count(it -> !it.movable());
  }

  long signUpsAnswered() {
    return count(it -> !it.movable() && it.error() == null);
  }

  long signUpsRefused() {
    return count(it -> !it.movable() && it.refused());
  }

  /** Movable calls due in this part of the row, in seconds. */
  List<MatrixCall> dueBetween(double from, double to) {
    return all.stream()
        .filter(it -> it.movable() && it.dueNanos() >= from * 1e9 && it.dueNanos() < to * 1e9)
        .toList();
  }

  Map<String, Long> problems() {
    return all.stream()
        .filter(it -> it.movable() && it.error() != null)
        .collect(Collectors.groupingBy(MatrixCall::problem, TreeMap::new, Collectors.counting()));
  }

  List<String> broken() {
    return row.counts().stream()
        .filter(it -> !it.holds().test(this))
        .map(MatrixRow.Expectation::sentence)
        .toList();
  }

  static final String HEAD =
      """
      | fault | calls | failed | pages lost | rescued | duplicates | p50 | p99 | slowest | > 500 ms \
      | time to switch | sign-ups: all, answered, refused | expected |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  String line() {
    String times =
        row.times().stream()
            .map(it -> it.sentence() + ": " + (it.holds().test(this) ? "held" : "**MISSED**"))
            .collect(Collectors.joining("; "));
    String counts =
        row.counts().stream()
            .map(it -> it.sentence() + (it.holds().test(this) ? "" : ": **BROKEN**"))
            .collect(Collectors.joining("; "));
    return "| %s | %d | %d | %d | %d | %d | %d ms | %d ms | %d ms | %d | %s | %d, %d, %d | %s |"
        .formatted(
            row.name(),
            calls(),
            failed(),
            pagesLost(),
            rescued(),
            duplicates,
            percentileMillis(50),
            percentileMillis(99),
            slowestMillis(),
            over500(),
            switchMillis < 0 ? "none" : switchMillis + " ms",
            signUps(),
            signUpsAnswered(),
            signUpsRefused(),
            times.isEmpty() ? counts : counts + "; " + times);
  }

  String json() {
    return """
        {"fault": "%s", "calls": %d, "failed": %d, "pagesLost": %d, "rescued": %d, \
        "duplicates": %d, "p50Millis": %d, "p99Millis": %d, "slowestMillis": %d, "over500Millis": %d, \
        "switchMillis": %d, "signUps": %d, "signUpsAnswered": %d, "signUpsRefused": %d, \
        "transitions": %s, "operations": [%s]}"""
        .formatted(
            row.name(),
            calls(),
            failed(),
            pagesLost(),
            rescued(),
            duplicates,
            percentileMillis(50),
            percentileMillis(99),
            slowestMillis(),
            over500(),
            switchMillis,
            signUps(),
            signUpsAnswered(),
            signUpsRefused(),
            path.stream().map(it -> '"' + it + '"').toList(),
            byOperation());
  }

  private String byOperation() {
    StringBuilder json = new StringBuilder();
    for (MatrixOperation operation : MatrixOperation.values()) {
      for (boolean async : new boolean[] {false, true}) {
        Predicate<MatrixCall> lane = it -> it.operation() == operation && it.async() == async;
        json.append(json.isEmpty() ? "" : ", ")
            .append(
                "{\"operation\": \"%s\", \"async\": %b, \"calls\": %d, \"failed\": %d, \"slowestMillis\": %d}"
                    .formatted(
                        operation,
                        async,
                        count(lane),
                        count(lane.and(MatrixCall::failed)),
                        slowest(lane)));
      }
    }
    return json.toString();
  }

  @Override
  public String toString() {
    return line() + "\n  " + path + "\n  " + problems();
  }
}
