package io.github.twinpool.token;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link RawTokenFuzz} with time: {@code ./mvnw -Pfuzz verify -pl token-validation -am}. */
final class LongRawTokenFuzz {
  @MethodSource("io.github.twinpool.token.RawTokenFuzz#seeds")
  @FuzzTest(maxDuration = "20m")
  void is_refused_as_documented(byte[] input) {
    RawTokenFuzz.check(input);
  }
}
