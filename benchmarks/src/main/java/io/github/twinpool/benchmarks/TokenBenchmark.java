package io.github.twinpool.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What validating a token costs, beside Nimbus, Spring Security, java-jwt, jose4j and the bare
 * signature check, with one thread and with two; and what a cache of 100,000 tokens takes. Writes
 * {@code token-benchmark.md}, {@code .json} and {@code .svg}, and JMH's own JSON.
 */
public final class TokenBenchmark {
  private final Path target;
  private final int forks;
  private final TimeValue iteration;
  private final int iterations;
  private final int cached;
  private final int rare;

  /**
   * @param forks JVMs for each benchmark; 0 for this one
   * @param iteration how long each takes
   * @param iterations how many are measured
   * @param cached how many tokens fill the cache whose memory is measured
   * @param rare how many tokens come in turn
   */
  TokenBenchmark(
      Path target, int forks, TimeValue iteration, int iterations, int cached, int rare) {
    this.target = target.toAbsolutePath();
    this.forks = forks;
    this.iteration = iteration;
    this.iterations = iterations;
    this.cached = cached;
    this.rare = rare;
  }

  /**
   * Runs it.
   *
   * @param arguments where to write, and how many forks (default 1)
   */
  public static void main(String[] arguments) throws Exception {
    Path target = Path.of(arguments.length > 0 ? arguments[0] : "target");
    int forks = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
    TokenReport report =
        new TokenBenchmark(target, forks, TimeValue.seconds(1), 5, 100_000, 8_000).run();
    System.out.println(report.markdown());
  }

  TokenReport run() throws Exception {
    Files.createDirectories(target);
    CognitoTokens tokens = new CognitoTokens(Instant.now());
    Path file = target.resolve("token-benchmark-tokens.txt");
    TokenFile.write(
        file,
        tokens.jwks(),
        Stream.generate(tokens::next)
            .parallel()
            .limit(CachedTokenBenchmark.COMMON + rare)
            .toList());
    TokenMemory memory = TokenMemory.of(tokens, cached);
    List<TokenScore> scores = new ArrayList<>();
    System.setProperty(TokenFile.PROPERTY, file.toString());
    TokenTurns turns = TokenTurns.of(20 * iterations);
    for (int threads : new int[] {1, 2}) {
      for (RunResult result : measure(file, threads)) {
        String hits = result.getParams().getParam("hits");
        String measured =
            hits == null ? "" : Files.readString(TokenFile.sibling("token-hits-" + hits + ".txt"));
        scores.add(TokenScore.of(result, threads, measured));
      }
    }
    TokenReport report = new TokenReport(scores, turns, memory);
    Files.writeString(target.resolve("token-benchmark.md"), report.markdown());
    Files.writeString(target.resolve("token-benchmark.json"), report.json());
    Files.writeString(target.resolve("token-benchmark.svg"), report.chart());
    return report;
  }

  private Iterable<RunResult> measure(Path file, int threads) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include("\\.(Uncached|Cached)TokenBenchmark\\.")
                .threads(threads)
                .forks(forks)
                .jvmArgsAppend("-D" + TokenFile.PROPERTY + "=" + file)
                .warmupIterations(Math.min(3, iterations))
                .warmupTime(iteration)
                .measurementIterations(iterations)
                .measurementTime(iteration)
                .addProfiler(GCProfiler.class)
                .resultFormat(ResultFormatType.JSON)
                .result(target.resolve("token-benchmark-jmh-" + threads + ".json").toString())
                .build())
        .run();
  }
}
