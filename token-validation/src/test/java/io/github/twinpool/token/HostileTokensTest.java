package io.github.twinpool.token;

import static io.github.twinpool.token.TestKeys.ACCESS;
import static io.github.twinpool.token.TestKeys.ID;
import static io.github.twinpool.token.TestTokens.CLIENT;
import static io.github.twinpool.token.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.token.HostileTokens.Case;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every hostile token gets its code, without a cache and with the good token in a warm one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileTokensTest {
  private static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE").replicatedTo("us-west-2");
  private static final List<Case> CASES = new HostileTokens(POOL).cases();

  private FaultyServer server;
  private TokenValidator uncached;
  private TokenValidator warm;

  @BeforeAll
  void start() throws IOException {
    Map<String, String> even = Map.of("kid", "even-modulus", "n", evenModulus());
    server =
        new FaultyServer(
            TestKeys.jwksOf(
                List.of(
                    TestKeys.jwk(ACCESS, Map.of()),
                    TestKeys.jwk(ID, Map.of()),
                    TestKeys.jwk(TestKeys.WEAK, Map.of()),
                    TestKeys.jwk(ACCESS, Map.of("kid", "enc-key", "use", "enc")),
                    TestKeys.jwk(ACCESS, Map.of("kid", "alg-key", "alg", "RS512")),
                    TestKeys.jwk(
                        ACCESS,
                        Map.of("kid", "ops-key", "key_ops", List.of("encrypt"), "use", "REMOVE")),
                    TestKeys.jwk(ACCESS, Map.of("kid", "small-exponent", "e", "Aw")),
                    TestKeys.jwk(ACCESS, even))));
    UserPool local =
        POOL.toBuilder()
            .updatedIssuerEndpoint(server.uri())
            .endpoint(RegionRole.PRIMARY, server.uri())
            .endpoint(RegionRole.SECONDARY, server.uri())
            .build();
    uncached = validator(local, 0);
    warm = validator(local, 1 << 20);
  }

  private static TokenValidator validator(UserPool pool, int cacheBytes) {
    return TokenValidator.builder(pool)
        .clientId(CLIENT)
        .clock(() -> NOW)
        .preload(Preload.BLOCKING)
        .keysTimeout(Duration.ofSeconds(30))
        .tokenCacheBytes(cacheBytes)
        .build();
  }

  private static String evenModulus() {
    byte[] modulus = ACCESS.getModulus().decode();
    modulus[modulus.length - 1] &= (byte) 0xfe;
    return TestTokens.base64(modulus);
  }

  @AfterAll
  void stop() throws IOException {
    uncached.close();
    warm.close();
    server.close();
  }

  static List<Case> hostileTokens() {
    return CASES;
  }

  @ParameterizedTest
  @MethodSource("hostileTokens")
  void is_refused_with_its_code(Case hostile) {
    isRefused(hostile, uncached);
  }

  @ParameterizedTest
  @MethodSource("hostileTokens")
  void is_refused_with_its_code_by_a_warm_cache(Case hostile) {
    String good = TestTokens.access(POOL, IssuerType.UPDATED, ACCESS);
    warm.validateAccessToken(good);
    long hits = warm.status().cache().hits();
    warm.validateAccessToken(good);
    assertThat(warm.status().cache().hits()).isEqualTo(hits + 1);
    // Twice: what was refused once must not be let in from the cache.
    isRefused(hostile, warm);
    isRefused(hostile, warm);
    warm.validateAccessToken(good);
  }

  private static void isRefused(Case hostile, TokenValidator validator) {
    Throwable failure =
        catchThrowable(
            () ->
                assertThat(
                        hostile.idToken()
                            ? validator.validateIdToken(hostile.token())
                            : validator.validateAccessToken(hostile.token()))
                    .isNull());
    check(hostile, failure);
    Throwable async =
        catchThrowable(
            () ->
                assertThat(
                        hostile.idToken()
                            ? validator.validateIdTokenAsync(hostile.token()).join()
                            : validator.validateAccessTokenAsync(hostile.token()).join())
                    .isNull());
    assertThat(async).isInstanceOf(CompletionException.class);
    check(hostile, async.getCause());
  }

  private static void check(Case hostile, Throwable failure) {
    assertThat(failure).as(hostile.name()).isInstanceOf(InvalidTokenException.class);
    InvalidTokenException invalid = (InvalidTokenException) failure;
    assertThat(invalid.code()).isEqualTo(hostile.code());
    assertThat(invalid.httpStatus()).isEqualTo(401);
    assertThat(invalid.retryable()).isFalse();
    // Nothing of the token: the message is one of the few that this library can say.
    assertThat(invalid.getMessage()).matches("[A-Z0-9_]+: [a-zA-Z0-9, ]+( \\([a-z0-9_:]+\\))?");
    assertThat(invalid.getCause()).isNull();
  }

  @Test
  void there_are_at_least_two_hundred_different_ones() {
    Set<String> tokens = new HashSet<>();
    hostileTokens().forEach(c -> tokens.add(c.token() + c.idToken()));
    System.out.println("hostile tokens: " + tokens.size());
    assertThat(tokens).hasSizeGreaterThanOrEqualTo(200);
    assertThat(hostileTokens()).extracting(Case::name).doesNotHaveDuplicates();
  }

  @Test
  void every_code_that_needs_no_option_has_one() {
    Set<RejectionCode> covered =
        hostileTokens().stream().map(Case::code).collect(Collectors.toCollection(HashSet::new));
    Set<RejectionCode> byOption =
        EnumSet.of(
            RejectionCode.WRONG_AUDIENCE,
            RejectionCode.WRONG_NONCE,
            RejectionCode.REVOKED,
            RejectionCode.CHECK_FAILED,
            RejectionCode.SCOPE_MISSING,
            RejectionCode.GROUP_MISSING);
    Stream.of(RejectionCode.values()).filter(byOption::contains).forEach(covered::add);
    assertThat(covered).containsExactlyInAnyOrder(RejectionCode.values());
  }
}
