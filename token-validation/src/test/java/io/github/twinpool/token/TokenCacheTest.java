package io.github.twinpool.token;

import static io.github.twinpool.token.TestKeys.ACCESS;
import static io.github.twinpool.token.TestKeys.ID;
import static io.github.twinpool.token.TestTokens.CLIENT;
import static io.github.twinpool.token.TestTokens.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A token in the cache spares the signature's check and nothing else. In virtual time. */
class TokenCacheTest {
  private static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE");

  private VirtualLoop loop = new VirtualLoop();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final AtomicReference<String> jwks = new AtomicReference<>(TestKeys.jwks(ACCESS, ID));
  private final List<TokenValidator> validators = new ArrayList<>();

  @AfterEach
  void close() {
    validators.forEach(TokenValidator::close);
  }

  /** Publishes {@link #jwks}, or refuses the connection when there is none. */
  private final class Network implements HttpTransport {
    @Override
    public CompletableFuture<Response> get(URI uri) {
      String published = jwks.get();
      return published.isEmpty()
          ? CompletableFuture.failedFuture(
              new KeySourceException(KeySourceFailure.Reason.CONNECTION, ""))
          : CompletableFuture.completedFuture(new Response(200, published.getBytes(UTF_8)));
    }

    @Override
    public void close() {}
  }

  private TokenValidator validator(UnaryOperator<TokenValidator.Builder> options) {
    loop = new VirtualLoop();
    TokenValidator.Builder builder =
        TokenValidator.builder(POOL).clock(now::get).executor(Runnable::run);
    TokenValidator validator =
        new Assembly(
                options.apply(builder),
                loop,
                new Network(),
                Executors.newSingleThreadExecutor(),
                new Random(1))
            .build();
    validators.add(validator);
    loop.run();
    return validator;
  }

  private TokenValidator validator() {
    return validator(b -> b.clientId(CLIENT));
  }

  private static void looked(TokenValidator validator, int hits, int misses) {
    assertThat(validator.status().cache().hits()).isEqualTo(hits);
    assertThat(validator.status().cache().misses()).isEqualTo(misses);
  }

  private static String access(RSAKey key, Map<String, ?> changes) {
    Map<String, Object> claims = TestTokens.accessClaims(POOL, IssuerType.UPDATED);
    claims.putAll(changes);
    return TestTokens.sign(key, claims);
  }

  private static String access() {
    return access(ACCESS, Map.of());
  }

  private static void refused(RejectionCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidTokenException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void the_second_time_the_same_text_is_a_hit_and_gives_an_equal_token() {
    TokenValidator validator = validator();
    AccessToken first = validator.validateAccessToken(access());
    AccessToken second = validator.validateAccessToken(access());
    AccessToken third = validator.validateAccessTokenAsync(access()).join();
    assertThat(second).isEqualTo(first);
    assertThat(third).isEqualTo(first);
    looked(validator, 2, 1);
    ValidatorStatus.Cache cache = validator.status().cache();
    assertThat(cache.tokens()).isEqualTo(1);
    assertThat(cache.hits()).isEqualTo(2);
    assertThat(cache.misses()).isEqualTo(1);
    assertThat(cache.bytes()).isBetween(1_500L, 5_000L);
  }

  @Test
  void what_an_asynchronous_call_has_verified_is_a_hit_too() {
    TokenValidator validator = validator();
    validator.validateAccessTokenAsync(access()).join();
    validator.validateAccessToken(access());
    looked(validator, 1, 1);
  }

  @Test
  void it_can_be_turned_off() {
    TokenValidator validator = validator(b -> b.clientId(CLIENT).tokenCacheBytes(0));
    validator.validateAccessToken(access());
    validator.validateAccessToken(access());
    assertThat(validator.status().cache()).isNull();
  }

  @Test
  void refusals_are_not_remembered() {
    TokenValidator validator = validator();
    String forged = access(TestKeys.OTHER_POOL, Map.of());
    for (int i = 0; i < 3; i++) {
      CompletableFuture<AccessToken> answer = validator.validateAccessTokenAsync(forged);
      loop.pass(Duration.ofSeconds(5));
      assertThat(answer).isCompletedExceptionally();
    }
    looked(validator, 0, 3);
    assertThat(validator.status().cache().tokens()).isZero();
  }

  @Test
  void a_token_that_is_too_long_or_null_is_not_even_looked_up() {
    TokenValidator validator = validator();
    refused(
        RejectionCode.TOKEN_TOO_LARGE, () -> validator.validateAccessToken("x".repeat(100_000)));
    refused(RejectionCode.NOT_A_JWT, () -> validator.validateAccessToken(null));
    looked(validator, 0, 0);
  }

  @Test
  void every_character_counts() {
    TokenValidator validator = validator();
    String good = access();
    validator.validateAccessToken(good);
    for (int i = 0; i < good.length(); i += 29) {
      for (char other : new char[] {'A', 'b', '-', '.', '=', '?', '\u0100', '\u212a'}) {
        if (good.charAt(i) != other) {
          String changed = good.substring(0, i) + other + good.substring(i + 1);
          CompletableFuture<AccessToken> answer = validator.validateAccessTokenAsync(changed);
          loop.run();
          assertThat(answer.isDone() && !answer.isCompletedExceptionally()).isFalse();
        }
      }
    }
    assertThat(validator.status().cache().hits()).isZero();
  }

  @Test
  void expiry_and_not_before_are_asked_again() {
    TokenValidator validator = validator();
    long second = NOW.getEpochSecond();
    String token = access(ACCESS, Map.of("nbf", second, "iat", second));
    validator.validateAccessToken(token);
    now.set(NOW.minusSeconds(1));
    refused(RejectionCode.NOT_YET_VALID, () -> validator.validateAccessToken(token));
    now.set(NOW.plusSeconds(3599));
    validator.validateAccessToken(token);
    now.set(NOW.plusSeconds(3600));
    refused(RejectionCode.EXPIRED, () -> validator.validateAccessToken(token));
    looked(validator, 3, 1);
  }

  @Test
  void issued_in_the_future_is_asked_again() {
    TokenValidator validator = validator();
    validator.validateAccessToken(access());
    now.set(NOW.minusSeconds(61));
    refused(RejectionCode.ISSUED_IN_FUTURE, () -> validator.validateAccessToken(access()));
  }

  @Test
  void the_use_is_asked_again_both_ways() {
    TokenValidator validator = validator();
    String access = access();
    String id = TestTokens.sign(ID, TestTokens.idClaims(POOL, IssuerType.ORIGINAL));
    validator.validateAccessToken(access);
    validator.validateIdToken(id);
    refused(RejectionCode.WRONG_TOKEN_USE, () -> validator.validateIdToken(access));
    refused(RejectionCode.WRONG_TOKEN_USE, () -> validator.validateAccessToken(id));
    looked(validator, 2, 2);
  }

  @Test
  void the_nonce_is_asked_again() {
    TokenValidator validator = validator();
    String id = TestTokens.sign(ID, TestTokens.idClaims(POOL, IssuerType.ORIGINAL));
    validator.validateIdToken(id, "n-1");
    refused(RejectionCode.WRONG_NONCE, () -> validator.validateIdToken(id, "n-2"));
    validator.validateIdToken(id, "n-1");
    looked(validator, 2, 1);
  }

  @Test
  void client_scopes_groups_and_audience_refuse_cached_tokens_as_they_refuse_others() {
    Map<RejectionCode, UnaryOperator<TokenValidator.Builder>> rules =
        Map.of(
            RejectionCode.WRONG_CLIENT, b -> b.clientId("other"),
            RejectionCode.SCOPE_MISSING, b -> b.clientId(CLIENT).requireScopes("api/write"),
            RejectionCode.GROUP_MISSING, b -> b.clientId(CLIENT).requireAnyGroup("root"),
            RejectionCode.WRONG_AUDIENCE, b -> b.clientId(CLIENT).requireAudience("x"));
    rules.forEach(
        (code, options) -> {
          TokenValidator validator = validator(options);
          refused(code, () -> validator.validateAccessToken(access()));
          refused(code, () -> validator.validateAccessToken(access()));
          looked(validator, 1, 1);
        });
  }

  @Test
  void the_application_s_checks_are_asked_again() {
    AtomicBoolean accept = new AtomicBoolean(true);
    TokenValidator validator = validator(b -> b.clientId(CLIENT).check(token -> accept.get()));
    validator.validateAccessToken(access());
    accept.set(false);
    refused(RejectionCode.CHECK_FAILED, () -> validator.validateAccessToken(access()));
    looked(validator, 1, 1);
  }

  @Test
  void a_revocation_works_at_once() {
    InMemoryRevocationList revoked = InMemoryRevocationList.builder().clock(now::get).build();
    TokenValidator validator = validator(b -> b.clientId(CLIENT).revocations(revoked));
    validator.validateAccessToken(access());
    revoked.revokeSignIn(POOL.id(), "origin-1");
    refused(RejectionCode.REVOKED, () -> validator.validateAccessToken(access()));
    looked(validator, 1, 1);
  }

  @Test
  void a_token_whose_key_was_removed_is_refused_when_the_grace_is_over() {
    TokenValidator validator = validator();
    String token = access(ACCESS, Map.of("exp", NOW.getEpochSecond() + 86_400));
    validator.validateAccessToken(token);
    jwks.set(TestKeys.jwks(ID));
    loop.pass(Duration.ofMinutes(5));
    validator.validateAccessToken(token);
    loop.pass(Duration.ofMinutes(10));
    CompletableFuture<AccessToken> answer = validator.validateAccessTokenAsync(token);
    loop.pass(Duration.ofSeconds(10));
    refused(RejectionCode.UNKNOWN_KEY, () -> unwrapped(answer));
    looked(validator, 1, 2);
    assertThat(validator.status().cache().tokens()).isZero();
  }

  @Test
  void cached_tokens_are_accepted_for_72_hours_without_any_source_and_no_longer() {
    TokenValidator validator = validator();
    String token = access(ACCESS, Map.of("exp", NOW.getEpochSecond() + 500_000));
    validator.validateAccessToken(token);
    jwks.set("");
    loop.pass(Duration.ofDays(3).minusSeconds(1));
    validator.validateAccessToken(token);
    loop.pass(Duration.ofSeconds(1));
    CompletableFuture<AccessToken> answer = validator.validateAccessTokenAsync(token);
    loop.pass(Duration.ofSeconds(10));
    assertThatThrownBy(() -> unwrapped(answer)).isInstanceOf(KeysUnavailableException.class);
    looked(validator, 1, 2);
  }

  private static void unwrapped(CompletableFuture<?> future) throws Throwable {
    throw future.handle((value, failure) -> failure).join();
  }

  @Test
  void a_token_of_a_static_key_stays_cached() {
    jwks.set("");
    TokenValidator validator =
        validator(b -> b.clientId(CLIENT).fetchKeys(false).staticKeys(TestKeys.jwks(ACCESS)));
    validator.validateAccessToken(access());
    loop.pass(Duration.ofDays(100));
    validator.validateAccessToken(access());
    looked(validator, 1, 1);
  }

  @Test
  void the_cache_keeps_to_its_bytes() {
    TokenCache cache = new TokenCache(1 << 20, 16_384);
    TrustedIssuer issuer = null;
    for (int i = 0; i < 5_000; i++) {
      TokenDigest digest = cache.digest("token " + i);
      Claims claims = new Claims(Map.of("sub", "x".repeat(1_000)));
      cache.put(digest, new SignedToken(issuer, TestKeys.signingKey(ACCESS), claims));
    }
    assertThat(cache.status().bytes()).isBetween(900_000L, 1L << 20);
    assertThat(cache.status().tokens()).isBetween(500L, 900L);
  }

  @Test
  void nothing_in_the_cache_shows_a_token() {
    TokenCache cache = new TokenCache(1 << 20, 16_384);
    TokenDigest digest = cache.digest("secret");
    assertThat(digest).hasToString("TokenDigest").isEqualTo(cache.digest("secret"));
    assertThat(digest).isNotEqualTo(cache.digest("Secret"));
    assertThat(cache.digest("x".repeat(16_385))).isNull();
  }

  @Test
  void a_silly_size_is_refused_with_its_value() {
    for (long bytes : new long[] {-1, 1, (1 << 20) - 1, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> TokenValidator.builder(POOL).tokenCacheBytes(bytes))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("tokenCacheBytes '" + bytes + "'");
    }
  }
}
