package io.github.twinpool.examples;

import java.time.Duration;
import java.util.Collection;

/**
 * What a set of calls amounts to. Percentiles are exact, from all calls, failed ones included:
 * their callers waited, too.
 *
 * @param calls all of them
 * @param failed those that failed, {@code hanging} included
 * @param hanging those that had not ended when the demo did
 * @param refused those that were refused at once
 * @param late those that were answered, but after more than {@link #LATE}
 */
record LatencyStats(
    int calls,
    int failed,
    int hanging,
    int refused,
    int late,
    long p50Nanos,
    long p99Nanos,
    long maxNanos) {

  /** Whoever signs in and waits longer begins to wonder. */
  static final Duration LATE = Duration.ofMillis(1500);

  static LatencyStats of(Collection<Sample> samples) {
    long[] waits = samples.stream().mapToLong(Sample::waitedNanos).sorted().toArray();
    return new LatencyStats(
        waits.length,
        (int) samples.stream().filter(sample -> sample.outcome().failed()).count(),
        count(samples, Outcome.HANGING),
        count(samples, Outcome.REFUSED),
        (int) samples.stream().filter(LatencyStats::late).count(),
        percentile(waits, 50),
        percentile(waits, 99),
        percentile(waits, 100));
  }

  /**
   * The nearest-rank percentile: the smallest value that at least so many percent of all values do
   * not exceed; 0 if there are none.
   *
   * @param sorted in ascending order
   */
  static long percentile(long[] sorted, int percent) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(percent * (long) sorted.length / 100.0);
    return sorted[Math.max(rank, 1) - 1];
  }

  static boolean late(Sample sample) {
    return sample.outcome() == Outcome.OK && sample.waitedNanos() > LATE.toNanos();
  }

  private static int count(Collection<Sample> samples, Outcome outcome) {
    return (int) samples.stream().filter(sample -> sample.outcome() == outcome).count();
  }
}
