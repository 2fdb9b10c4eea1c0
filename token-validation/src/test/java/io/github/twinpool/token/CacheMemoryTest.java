package io.github.twinpool.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much memory cached tokens hold. Alone, because it looks at the JVM's heap. */
@Isolated
class CacheMemoryTest {
  private static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE");
  private static final SigningKey KEY = TestKeys.signingKey(TestKeys.ACCESS);
  private static final long BYTES = 24L << 20;

  private static SignedToken token(TrustedIssuer issuer, int number, int groups, int scopes)
      throws IOException {
    Map<String, Object> claims = TestTokens.accessClaims(POOL, IssuerType.UPDATED);
    claims.put("jti", "jti-" + number);
    claims.put("cognito:groups", names("team", groups));
    claims.put("scope", names("api/s", scopes).stream().collect(Collectors.joining(" ")));
    claims.put("plan", Map.of("name", "gold", "seats", List.of(1, 2, 3)));
    SignedToken token =
        new SignedToken(
            issuer, KEY, new Claims(StrictJson.object(JSONObjectUtils.toJSONString(claims))));
    assertThat(token.asAccessToken().groups()).hasSize(groups); // holds more once it is typed
    return token;
  }

  private static List<String> names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  private static long used() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "150, 2", "0, 60"})
  void a_full_cache_holds_about_what_was_asked_for_whatever_the_tokens_are_like(
      int groups, int scopes) throws Exception {
    TrustedIssuer issuer =
        new TrustedIssuer(
            new Origin(POOL, POOL.issuer(IssuerType.UPDATED), IssuerType.UPDATED), null, null);
    long before = used();
    TokenCache cache = new TokenCache(BYTES, 1 << 17);
    for (int i = 0; cache.status().tokens() == i; i++) {
      cache.put(cache.digest("token " + i), token(issuer, i, groups, scopes));
    }
    long held = used() - before;
    assertThat(cache.status().bytes()).isGreaterThan(BYTES * 9 / 10);
    assertThat(held).isBetween(BYTES * 6 / 10, BYTES * 12 / 10);
  }
}
