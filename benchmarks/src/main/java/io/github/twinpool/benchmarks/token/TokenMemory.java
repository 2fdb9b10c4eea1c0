package io.github.twinpool.benchmarks.token;

import com.nimbusds.jose.JOSEException;
import io.github.twinpool.token.Preload;
import io.github.twinpool.token.TokenValidator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;

/** Fills the cache with different tokens and says how much memory they take. */
public final class TokenMemory {
  private TokenMemory() {}

  /**
   * Measures.
   *
   * @param arguments where to write (default {@code target}), how many tokens (default 100,000)
   */
  public static void main(String[] arguments) throws JOSEException, IOException {
    Path target = Path.of(arguments.length > 0 ? arguments[0] : "target");
    int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
    Files.createDirectories(target);
    Tokens tokens = Tokens.create();
    try (TokenValidator validator =
        TokenValidator.builder(Tokens.POOL)
            .clientId(Tokens.CLIENT)
            .fetchKeys(false)
            .keyFile(tokens.keyFile())
            .preload(Preload.BLOCKING)
            .tokenCacheBytes(1L << 30)
            .build()) {
      validator.validateAccessToken(tokens.next());
      long before = used();
      IntStream.range(0, count)
          .parallel()
          .forEach(i -> validator.validateAccessToken(tokens.next()));
      long after = used();
      String report =
          String.format(
              Locale.ROOT,
              "%,d cached tokens take %.1f MB, %d bytes each; the cache says %s%n",
              count,
              (after - before) / 1e6,
              (after - before) / count,
              validator.status().cache());
      Files.writeString(target.resolve("token-memory.md"), report);
      System.out.print(report);
    }
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
