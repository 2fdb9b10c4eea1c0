package io.github.twinpool.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.twinpool.token.TokenValidator;
import io.github.twinpool.token.ValidatorStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Tokens that come again, or do not, each time as a new String. A hundred tokens come all the time.
 * Thousands of others come in turn; the cache has room for a few hundred, so that they are gone
 * when it is their turn again.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CachedTokenBenchmark {
  static final int COMMON = 100;
  private static final int SMALL_CACHE = 1 << 20;

  /** How many of a hundred calls bring one of the tokens that come all the time. */
  @Param({"100", "90", "0"})
  public int hits;

  private List<byte[]> common;
  private List<byte[]> rare;
  private TokenValidator twinpool;

  /** Where a thread is in its rounds; threads are far from each other. */
  @State(Scope.Thread)
  public static class Turn {
    private int call;
    private int next;

    /** Spreads the threads. */
    @Setup
    public void prepare(CachedTokenBenchmark benchmark, ThreadParams thread) {
      next = benchmark.rare.size() / thread.getThreadCount() * thread.getThreadIndex();
    }
  }

  /** Tokens, and a cache that knows the common ones. */
  @Setup
  public void prepare() throws IOException {
    TokenFile file = TokenFile.read();
    common = file.tokens().subList(0, COMMON);
    rare = file.tokens().subList(COMMON, file.tokens().size());
    twinpool = CognitoTokens.twinpool(file.jwks(), SMALL_CACHE);
    for (byte[] token : common) {
      twinpool.validateAccessToken(new String(token, ISO_8859_1));
    }
  }

  /** Notes how many hits there really were, and ends the validator's threads. */
  @TearDown
  public void close() throws IOException {
    ValidatorStatus.Cache cache = twinpool.status().cache();
    if (cache != null) {
      double share = 100.0 * cache.hits() / (cache.hits() + cache.misses());
      Files.writeString(
          TokenFile.sibling("token-hits-" + hits + ".txt"),
          String.format(Locale.ROOT, "%.1f", share));
    }
    end();
  }

  /** Ends the validator's threads. */
  void end() {
    twinpool.close();
  }

  /** Twinpool with its cache. */
  @Benchmark
  public Object twinpool(Turn turn) {
    boolean comesAgain = turn.call++ % 100 < hits;
    List<byte[]> tokens = comesAgain ? common : rare;
    byte[] token = tokens.get(Math.floorMod(turn.next++, tokens.size()));
    return twinpool.validateAccessToken(new String(token, ISO_8859_1));
  }
}
