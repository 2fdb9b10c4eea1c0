package io.github.twinpool.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the JMH benchmarks of a healthy call and writes what routing costs: {@code
 * routing-overhead.md}, and JMH's own {@code routing-overhead.json}.
 */
public final class RoutingOverhead {
  private RoutingOverhead() {}

  /**
   * Runs them.
   *
   * @param arguments where to write, and how many forks (default 1)
   */
  public static void main(String[] arguments) throws RunnerException, IOException {
    Path target = Path.of(arguments.length > 0 ? arguments[0] : "target");
    int forks = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
    Files.createDirectories(target);
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("(RouterBenchmark|CallBenchmark)")
                    .forks(forks)
                    .warmupIterations(3)
                    .warmupTime(TimeValue.seconds(2))
                    .measurementIterations(4)
                    .measurementTime(TimeValue.seconds(2))
                    .addProfiler(GCProfiler.class)
                    .resultFormat(ResultFormatType.JSON)
                    .result(target.resolve("routing-overhead.json").toString())
                    .build())
            .run();
    String report = report(results);
    Files.writeString(target.resolve("routing-overhead.md"), report);
    System.out.println(report);
  }

  private static String report(Collection<RunResult> results) {
    Map<String, Double> medians = new TreeMap<>();
    StringBuilder report =
        new StringBuilder("| call | mean | p50 | bytes a call |\n|---|---|---|---|\n");
    for (RunResult result : results) {
      Result<?> primary = result.getPrimaryResult();
      Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
      double median = primary.getStatistics().getPercentile(50);
      medians.put(primary.getLabel(), median);
      report.append(
          String.format(
              Locale.ROOT,
              "| %s | %.2f %s | %.2f | %.0f |%n",
              primary.getLabel(),
              primary.getScore(),
              primary.getScoreUnit(),
              median,
              bytes == null ? Double.NaN : bytes.getScore()));
    }
    return report
        + ratio(medians, "routedSync", "bareSync")
        + ratio(medians, "routedAsync", "bareAsync");
  }

  private static String ratio(Map<String, Double> medians, String routed, String bare) {
    double one = medians.getOrDefault(routed, Double.NaN);
    double other = medians.getOrDefault(bare, Double.NaN);
    return String.format(
        Locale.ROOT, "%n%s p50 is %.2f times that of %s.%n", routed, one / other, bare);
  }
}
