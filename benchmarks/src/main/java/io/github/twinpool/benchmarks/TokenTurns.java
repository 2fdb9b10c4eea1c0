package io.github.twinpool.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;

/**
 * The same by turns, in one thread, in processor time: what other programs take from a busy machine
 * hits all alike and does not count, so the ratios hold where those of JMH's clock do not.
 *
 * @param raw microseconds of the bare signature check, the median of the rounds
 * @param twinpool of Twinpool without its cache
 * @param nimbus of Nimbus
 * @param cached of Twinpool with the token in its cache
 */
record TokenTurns(double raw, double twinpool, double nimbus, double cached) {
  private static final int CALLS = 300;

  /** What is done by turns. */
  private interface Call {
    Object once() throws Exception;
  }

  /**
   * Measures.
   *
   * @param rounds how many are counted, after as many that are not
   */
  static TokenTurns of(int rounds) throws Exception {
    UncachedTokenBenchmark uncached = new UncachedTokenBenchmark();
    CachedTokenBenchmark cached = new CachedTokenBenchmark();
    CachedTokenBenchmark.Turn turn = new CachedTokenBenchmark.Turn();
    cached.hits = 100;
    uncached.prepare();
    cached.prepare();
    try {
      double[] medians =
          medians(
              rounds,
              uncached::raw,
              uncached::twinpool,
              uncached::nimbus,
              () -> cached.twinpool(turn));
      return new TokenTurns(medians[0], medians[1], medians[2], medians[3]);
    } finally {
      uncached.close();
      cached.end();
    }
  }

  private static double[] medians(int rounds, Call... calls) throws Exception {
    double[][] micros = new double[calls.length][rounds];
    for (int round = -rounds; round < rounds; round++) {
      for (int i = 0; i < calls.length; i++) {
        double measured = micros(calls[i]);
        if (round >= 0) {
          micros[i][round] = measured;
        }
      }
    }
    return Arrays.stream(micros)
        .mapToDouble(one -> Arrays.stream(one).sorted().toArray()[rounds / 2])
        .toArray();
  }

  private static double micros(Call call) throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < CALLS; i++) {
      if (call.once().equals(false)) {
        throw new IllegalStateException("a good token was refused");
      }
    }
    return (threads.getCurrentThreadCpuTime() - start) / 1e3 / CALLS;
  }

  String lines() {
    return String.format(
        Locale.ROOT,
        "- by turns in one thread, processor time: raw %.1f µs, twinpool %.1f, nimbus %.1f, cached"
            + " %.2f%n"
            + "- twinpool takes %.2f times as long as raw (by turns; wanted: at most 1.2)%n"
            + "- twinpool takes %.2f times as long as nimbus (by turns; wanted: at most 1)%n"
            + "- nimbus takes %.0f times as long as cached (by turns; wanted: at least 30)%n",
        raw,
        twinpool,
        nimbus,
        cached,
        twinpool / raw,
        twinpool / nimbus,
        nimbus / cached);
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"raw\":%.3f,\"twinpool\":%.3f,\"nimbus\":%.3f,\"cached\":%.3f}",
        raw,
        twinpool,
        nimbus,
        cached);
  }
}
