package io.github.twinpool.benchmarks;

import java.util.Locale;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one way to validate a token costs.
 *
 * @param who the library, and for a cache its share of hits
 * @param threads how many threads did it at once
 * @param micros microseconds that a thread takes for one token, the median of the iterations
 * @param bytes allocated bytes for one token
 * @param measuredHits the real share of hits in percent, empty where there is no cache
 */
record TokenScore(String who, int threads, double micros, double bytes, String measuredHits) {
  static TokenScore of(RunResult result, int threads, String measuredHits) {
    Result<?> time = result.getPrimaryResult();
    Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
    String hits = result.getParams().getParam("hits");
    return new TokenScore(
        time.getLabel() + (hits == null ? "" : ", cached, " + hits + " % hits"),
        threads,
        time.getStatistics().getPercentile(50),
        bytes == null ? Double.NaN : bytes.getScore(),
        measuredHits);
  }

  boolean isTwinpool() {
    return who.startsWith("twinpool");
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.2f | %.0f | %s |%n",
        who,
        threads,
        micros,
        bytes,
        measuredHits.isEmpty() ? "" : measuredHits + " %");
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"who\":\"%s\",\"threads\":%d,\"microsPerToken\":%.3f,\"bytesPerToken\":%s,"
            + "\"measuredHitsPercent\":%s}",
        who,
        threads,
        micros,
        Double.isNaN(bytes) ? "null" : String.format(Locale.ROOT, "%.0f", bytes),
        measuredHits.isEmpty() ? "null" : measuredHits);
  }
}
