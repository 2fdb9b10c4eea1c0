package io.github.twinpool.token;

import static io.github.twinpool.token.TestTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which tokens a list refuses, and for how long. */
class InMemoryRevocationListTest {
  private static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE");
  private static final UserPool OTHER = UserPool.of("us-east-1_OTHER");
  private static final String SUBJECT = "34c84488-e0e1-70ae-d2ee-991ad1a898c8";

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final InMemoryRevocationList list =
      InMemoryRevocationList.builder().clock(() -> NOW).nanoTime(nanos::get).build();

  private static AccessToken token(UserPool pool, Map<String, Object> changes) {
    Map<String, Object> claims = new HashMap<>();
    TestTokens.accessClaims(pool, IssuerType.UPDATED)
        .forEach((name, v) -> claims.put(name, v instanceof Integer i ? (Long) i.longValue() : v));
    claims.putAll(changes);
    claims.values().removeIf("REMOVE"::equals);
    Origin origin = new Origin(pool, pool.issuer(IssuerType.UPDATED), IssuerType.UPDATED);
    return new AccessToken(origin, new Claims(claims));
  }

  private static AccessToken token() {
    return token(POOL, Map.of());
  }

  private static AccessToken issuedAt(long seconds) {
    return token(POOL, Map.of("iat", NOW.getEpochSecond() + seconds));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void an_empty_list_refuses_nothing() {
    assertThat(list.isRevoked(token())).isFalse();
    assertThat(list.isRevoked(token(POOL, Map.of("jti", "REMOVE", "origin_jti", "REMOVE"))))
        .isFalse();
  }

  @Test
  void one_token_is_revoked_by_its_jti() {
    list.revokeToken(POOL.id(), "jti-1");
    assertThat(list.isRevoked(token())).isTrue();
    assertThat(list.isRevoked(token(POOL, Map.of("jti", "jti-2")))).isFalse();
    assertThat(list.isRevoked(token(POOL, Map.of("jti", "jti-2", "origin_jti", "jti-1"))))
        .isFalse();
  }

  @Test
  void all_tokens_of_a_sign_in_are_revoked_by_origin_jti() {
    list.revokeSignIn(POOL.id(), "origin-1");
    assertThat(list.isRevoked(token())).isTrue();
    assertThat(list.isRevoked(token(POOL, Map.of("jti", "jti-2")))).isTrue();
    assertThat(list.isRevoked(token(POOL, Map.of("origin_jti", "origin-2")))).isFalse();
    assertThat(list.isRevoked(token(POOL, Map.of("jti", "origin-1", "origin_jti", "o")))).isFalse();
  }

  @Test
  void a_user_s_tokens_are_revoked_by_when_they_were_issued() {
    list.revokeUser(POOL.id(), SUBJECT, NOW);
    assertThat(list.isRevoked(issuedAt(-1))).isTrue();
    assertThat(list.isRevoked(issuedAt(0))).isFalse();
    assertThat(list.isRevoked(token(POOL, Map.of("iat", "REMOVE")))).isTrue();
    assertThat(list.isRevoked(token(POOL, Map.of("sub", "someone else", "iat", 1L)))).isFalse();
  }

  @Test
  void within_the_second_of_the_revocation_the_token_is_revoked() {
    list.revokeUser(POOL.id(), SUBJECT, NOW.minusMillis(500));
    assertThat(list.isRevoked(issuedAt(-1))).isTrue();
    assertThat(list.isRevoked(issuedAt(0))).isFalse();
  }

  @Test
  void an_earlier_moment_does_not_undo_a_later_one() {
    list.revokeUser(POOL.id(), SUBJECT, NOW);
    list.revokeUser(POOL.id(), SUBJECT, NOW.minusSeconds(100));
    assertThat(list.isRevoked(issuedAt(-1))).isTrue();
    InMemoryRevocationList rising = InMemoryRevocationList.builder().clock(() -> NOW).build();
    rising.revokeUser(POOL.id(), SUBJECT, NOW.minusSeconds(100));
    assertThat(rising.isRevoked(issuedAt(-1))).isFalse();
    rising.revokeUser(POOL.id(), SUBJECT, NOW);
    assertThat(rising.isRevoked(issuedAt(-1))).isTrue();
  }

  @Test
  void pools_are_kept_apart() {
    list.revokeToken(OTHER.id(), "jti-1");
    list.revokeSignIn(OTHER.id(), "origin-1");
    list.revokeUser(OTHER.id(), SUBJECT, NOW);
    assertThat(list.isRevoked(issuedAt(-1))).isFalse();
    assertThat(list.isRevoked(token(OTHER, Map.of()))).isTrue();
  }

  @Test
  void entries_live_as_long_as_tokens_and_the_largest_skew_and_no_longer() {
    list.revokeToken(POOL.id(), "jti-1");
    list.revokeUser(POOL.id(), SUBJECT, NOW);
    pass(Duration.ofHours(24).plusMinutes(5).minusMillis(1));
    assertThat(list.isRevoked(token())).isTrue();
    assertThat(list.isRevoked(token(POOL, Map.of("jti", "x", "iat", 1L)))).isTrue();
    assertThat(list.size()).isEqualTo(2);
    pass(Duration.ofMillis(1));
    assertThat(list.isRevoked(token(POOL, Map.of("iat", 1L)))).isFalse();
    assertThat(list.size()).isZero();
  }

  @Test
  void nothing_is_forgotten_early_however_much_is_revoked() {
    list.revokeToken(POOL.id(), "jti-1");
    for (int i = 0; i < 50_000; i++) {
      list.revokeToken(POOL.id(), "other " + i);
    }
    assertThat(list.isRevoked(token())).isTrue();
    assertThat(list.size()).isEqualTo(50_001);
  }

  @Test
  void shorter_lived_tokens_make_a_shorter_list() {
    InMemoryRevocationList brief =
        InMemoryRevocationList.builder()
            .tokenLifetime(Duration.ofMinutes(5))
            .nanoTime(nanos::get)
            .build();
    brief.revokeSignIn(POOL.id(), "origin-1");
    pass(Duration.ofMinutes(10));
    assertThat(brief.isRevoked(token())).isFalse();
  }

  @Test
  void bad_values_are_refused_by_name() {
    assertThatThrownBy(() -> list.revokeUser(POOL.id(), SUBJECT, NOW.plusNanos(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("issuedBefore");
    assertThatThrownBy(() -> list.revokeToken(POOL.id(), " ")).hasMessageContaining("jti");
    assertThatThrownBy(() -> list.revokeSignIn(POOL.id(), "")).hasMessageContaining("originJti");
    assertThatThrownBy(() -> list.revokeUser("", SUBJECT, NOW)).hasMessageContaining("poolId");
    assertThatThrownBy(() -> list.revokeUser(POOL.id(), "", NOW)).hasMessageContaining("subject");
    for (Duration lifetime : new Duration[] {Duration.ofMinutes(4), Duration.ofHours(25)}) {
      assertThatThrownBy(() -> InMemoryRevocationList.builder().tokenLifetime(lifetime))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("tokenLifetime '" + lifetime);
    }
  }

  @Test
  void the_default_list_is_empty_and_of_use() {
    InMemoryRevocationList plain = InMemoryRevocationList.create();
    plain.revokeToken(POOL.id(), "jti-1");
    assertThat(plain.isRevoked(token())).isTrue();
  }
}
