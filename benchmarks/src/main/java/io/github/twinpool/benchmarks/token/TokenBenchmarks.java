package io.github.twinpool.benchmarks.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs all token benchmarks in one go, with one thread and with two, and writes {@code
 * token-benchmark.md}, a chart beside it, and JMH's own JSON.
 */
public final class TokenBenchmarks {
  private TokenBenchmarks() {}

  /**
   * Runs them.
   *
   * @param arguments where to write (default {@code target}), how many forks (default 1), how many
   *     seconds each iteration takes (default 2)
   */
  public static void main(String[] arguments) throws RunnerException, IOException {
    Path target = Path.of(arguments.length > 0 ? arguments[0] : "target");
    int forks = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
    int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
    Files.createDirectories(target);
    List<Score> scores = new ArrayList<>();
    for (int threads : new int[] {1, 2}) {
      Collection<RunResult> results =
          new Runner(
                  new OptionsBuilder()
                      .include("benchmarks\\.token\\.(Uncached|Cached)Benchmark")
                      .threads(threads)
                      .forks(forks)
                      .warmupIterations(3)
                      .warmupTime(TimeValue.seconds(seconds))
                      .measurementIterations(5)
                      .measurementTime(TimeValue.seconds(seconds))
                      .addProfiler(GCProfiler.class)
                      .resultFormat(ResultFormatType.JSON)
                      .result(target.resolve("token-benchmark-" + threads + ".json").toString())
                      .build())
              .run();
      results.forEach(result -> scores.add(Score.of(result, threads)));
    }
    String report = Score.table(scores);
    Files.writeString(target.resolve("token-benchmark.md"), report);
    Files.writeString(target.resolve("token-benchmark.svg"), Score.chart(scores));
    System.out.println(report);
  }
}
