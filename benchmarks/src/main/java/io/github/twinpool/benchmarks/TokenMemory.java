package io.github.twinpool.benchmarks;

import io.github.twinpool.token.TokenValidator;
import io.github.twinpool.token.ValidatorStatus;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a full cache takes.
 *
 * @param tokens how many tokens it has, as it says itself
 * @param bytes how much more of the heap is in use after a collection than before they came
 * @param estimate how much the cache believes to take
 */
record TokenMemory(long tokens, long bytes, long estimate) {
  private static final long PLENTY = 1L << 33;

  /** Validates that many different tokens and looks at the heap. */
  static TokenMemory of(CognitoTokens tokens, int count) throws GeneralSecurityException {
    try (TokenValidator validator = CognitoTokens.twinpool(tokens.jwks(), PLENTY)) {
      validator.validateAccessToken(tokens.next());
      long before = used();
      IntStream.range(1, count)
          .parallel()
          .forEach(i -> validator.validateAccessToken(tokens.next()));
      long after = used();
      ValidatorStatus.Cache cache = validator.status().cache();
      if (cache == null) {
        throw new IllegalStateException("no cache");
      }
      return new TokenMemory(cache.tokens(), after - before, cache.bytes());
    }
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "- %,d cached tokens take %.1f MB of heap, measured: %d bytes each; the cache itself"
            + " estimates %.1f MB (wanted: 100,000 under 300 MB)%n",
        tokens,
        bytes / 1e6,
        bytes / Math.max(1, tokens),
        estimate / 1e6);
  }

  String json() {
    return String.format(
        Locale.ROOT, "{\"tokens\":%d,\"bytes\":%d,\"estimate\":%d}", tokens, bytes, estimate);
  }
}
