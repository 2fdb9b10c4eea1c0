package io.github.twinpool.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whatever arrives instead of a token is refused, and in no other way than documented. */
final class RawTokenFuzz {
  private static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE");
  private static final TokenValidator VALIDATOR = validator();

  static TokenValidator validator() {
    TokenValidator validator =
        TokenValidator.builder(POOL)
            .clientId(TestTokens.CLIENT)
            .clock(() -> TestTokens.NOW)
            .fetchKeys(false)
            .staticKeys(TestKeys.jwks(TestKeys.ACCESS))
            .build();
    // A warm cache, with the one token that is good.
    validator.validateAccessToken(TestTokens.access(POOL, IssuerType.UPDATED, TestKeys.ACCESS));
    return validator;
  }

  @FuzzTest(maxExecutions = 20_000, maxDuration = "8s")
  void is_refused_as_documented(byte[] input) {
    check(input);
  }

  static void check(byte[] input) {
    String token = token(input);
    try {
      VALIDATOR.validateAccessToken(token);
    } catch (InvalidTokenException refused) {
      return;
    }
    throw new AssertionError("accepted: " + token);
  }

  /** The bytes themselves; or three parts between zeros, encoded, to get past the encoding. */
  private static String token(byte[] input) {
    if (input.length == 0 || input[0] % 2 == 0) {
      return new String(input, ISO_8859_1);
    }
    String text = new String(Arrays.copyOfRange(input, 1, input.length), ISO_8859_1);
    return Stream.of(text.split("\0", -1))
        .map(part -> TestTokens.base64(part.getBytes(ISO_8859_1)))
        .collect(Collectors.joining("."));
  }
}
