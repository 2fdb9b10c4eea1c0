package io.github.twinpool.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever arrives instead of a token is refused, and in no other way than documented. */
final class RawTokenFuzz {
  private static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE");
  private static final int MAX_SEED = 3_000;
  private static final int SEED_STEP = 5;
  private static final String GOOD = TestTokens.access(POOL, IssuerType.UPDATED, TestKeys.ACCESS);
  static final TokenValidator VALIDATOR = validator();

  static TokenValidator validator() {
    TokenValidator validator =
        TokenValidator.builder(POOL)
            .clientId(TestTokens.CLIENT)
            .clock(() -> TestTokens.NOW)
            .fetchKeys(false)
            .staticKeys(TestKeys.jwks(TestKeys.ACCESS))
            .build();
    // A warm cache, with the one token that is good.
    validator.validateAccessToken(GOOD);
    return validator;
  }

  /**
   * Hostile tokens of all kinds as they are, and taken apart so that the parts can be mutated. Not
   * all of them: Jazzer takes its time with each.
   */
  static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    List<HostileTokens.Case> cases = new HostileTokens(POOL).cases();
    for (int i = 0; i < cases.size(); i += SEED_STEP) {
      HostileTokens.Case hostile = cases.get(i);
      String token = hostile.token();
      // What is hostile as an ID token may be a good access token.
      if (!hostile.idToken() && token.length() < MAX_SEED) {
        seeds.add(("r" + token).getBytes(ISO_8859_1));
        apart(token).ifPresent(seeds::add);
      }
    }
    return seeds;
  }

  private static Optional<byte[]> apart(String token) {
    try {
      Base64.Decoder decoder = Base64.getUrlDecoder();
      return Optional.of(
          Stream.of(token.split("\\.", -1))
              .map(part -> new String(decoder.decode(part), ISO_8859_1))
              .collect(Collectors.joining("\0", "e", ""))
              .getBytes(ISO_8859_1));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  // Jazzer wants its annotation last.
  @MethodSource("seeds")
  @FuzzTest(maxExecutions = 20_000, maxDuration = "6s")
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
    // Seeds with padding, say, become the good token when they are taken apart and encoded again.
    if (!token.equals(GOOD)) {
      throw new AssertionError("accepted: " + token);
    }
  }

  /** After a first byte that says which: raw text; or parts between zeros, to be encoded. */
  private static String token(byte[] input) {
    String text = new String(input, ISO_8859_1).substring(Math.min(1, input.length));
    if (input.length == 0 || input[0] % 2 == 0) {
      return text;
    }
    return Stream.of(text.split("\0", -1))
        .map(part -> TestTokens.base64(part.getBytes(ISO_8859_1)))
        .collect(Collectors.joining("."));
  }
}
