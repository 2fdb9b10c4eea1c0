package io.github.twinpool.benchmarks.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.nimbusds.jose.JOSEException;
import io.github.twinpool.token.Preload;
import io.github.twinpool.token.TokenValidator;
import java.io.IOException;
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

/**
 * Tokens that come again, or do not. Each arrives as a new String. The cache has room for about 300
 * tokens: a hundred come all the time, thousands of others come in turn and are gone when it is
 * their turn again.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CachedBenchmark {
  private static final int COMMON = 100;
  private static final int RARE = 4_000;

  /** How many of a hundred calls bring a token that has come before. */
  @Param({"100", "90", "0"})
  public int hits;

  private byte[][] common;
  private byte[][] rare;
  private TokenValidator twinpool;

  /** Where a thread is in its rounds. */
  @State(Scope.Thread)
  public static class Turn {
    private int call;
    private int next;
  }

  /** Tokens, and a cache that knows the common ones. */
  @Setup
  public void prepare() throws JOSEException, IOException {
    Tokens tokens = Tokens.create();
    common = tokens.next(COMMON);
    rare = tokens.next(hits == 100 ? 1 : RARE);
    twinpool =
        TokenValidator.builder(Tokens.POOL)
            .clientId(Tokens.CLIENT)
            .fetchKeys(false)
            .keyFile(tokens.keyFile())
            .preload(Preload.BLOCKING)
            .tokenCacheBytes(1 << 20)
            .build();
    for (byte[] token : common) {
      twinpool.validateAccessToken(new String(token, ISO_8859_1));
    }
  }

  /** Says how often the cache was of use, and ends the validator's threads. */
  @TearDown
  public void close() {
    System.out.println("wanted " + hits + " % hits: " + twinpool.status().cache());
    twinpool.close();
  }

  /** Twinpool with its cache. */
  @Benchmark
  public Object twinpool(Turn turn) {
    boolean comesAgain = turn.call++ % 100 < hits;
    byte[] token =
        comesAgain
            ? common[Math.floorMod(turn.next++, COMMON)]
            : rare[Math.floorMod(turn.next++ * 7, RARE)];
    return twinpool.validateAccessToken(new String(token, ISO_8859_1));
  }
}
