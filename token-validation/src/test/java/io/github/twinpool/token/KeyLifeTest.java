package io.github.twinpool.token;

import static io.github.twinpool.token.TestKeys.ACCESS;
import static io.github.twinpool.token.TestKeys.ID;
import static io.github.twinpool.token.TestKeys.ROTATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.IssuerType;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers of a whole validator notice of keys that come and go, in virtual time. */
class KeyLifeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(6);
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final VirtualPool pool = new VirtualPool();

  private Throwable refusal(TokenValidator validator, String token) {
    return pool.refusal(validator, token, PATIENCE);
  }

  private static RejectionCode code(Throwable refusal) {
    assertThat(refusal).isInstanceOf(InvalidTokenException.class);
    return ((InvalidTokenException) refusal).code();
  }

  @Test
  void with_all_hosts_down_no_token_of_either_issuer_is_refused_for_72_hours() {
    try (TokenValidator validator = pool.validator(b -> b.tokenCacheBytes(0))) {
      pool.goDown();
      for (int minute = 10; minute < 72 * 60; minute += 10) {
        pool.loop.pass(Duration.ofMinutes(minute).minus(pool.elapsed()));
        for (IssuerType type : IssuerType.values()) {
          Throwable refusal = refusal(validator, pool.token(type, ACCESS));
          assertThat(refusal).as(type + " at minute " + minute).isNull();
        }
      }
      pool.loop.pass(Duration.ofDays(3).minusMillis(1).minus(pool.elapsed()));
      assertThat(refusal(validator, pool.token(IssuerType.UPDATED, ACCESS))).isNull();
      pool.loop.pass(Duration.ofMillis(1));
      for (IssuerType type : IssuerType.values()) {
        assertThat(refusal(validator, pool.token(type, ACCESS)))
            .isInstanceOf(KeysUnavailableException.class);
      }
      assertThat(validator.isReady()).isFalse();

      pool.loop.pass(Duration.ofMinutes(1));
      pool.publish(ACCESS, ID);
      pool.loop.pass(Duration.ofSeconds(6));
      assertThat(refusal(validator, pool.token(IssuerType.ORIGINAL, ACCESS))).isNull();
    }
  }

  @Test
  void after_a_freeze_of_a_day_the_first_token_is_accepted_at_once_and_keys_are_fetched_once() {
    try (TokenValidator validator = pool.validator(b -> b.tokenCacheBytes(0))) {
      pool.fetches.clear();
      pool.loop.freeze(Duration.ofDays(1));
      String token = pool.token(IssuerType.UPDATED, ACCESS);
      assertThat(validator.isReady()).isTrue();
      assertThat(validator.validateAccessTokenAsync(token)).isCompleted();
      pool.loop.run();
      assertThat(pool.fetches.values().stream().mapToInt(List::size).sum()).isEqualTo(1);
      pool.loop.freeze(Duration.ofDays(3));
      assertThat(validator.isReady()).isFalse();
      assertThat(refusal(validator, pool.token(IssuerType.UPDATED, ACCESS))).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1 << 20})
  void a_removed_key_is_refused_ten_minutes_after_the_fetch_that_missed_it(long cacheBytes) {
    try (TokenValidator validator = pool.validator(b -> b.tokenCacheBytes(cacheBytes))) {
      String token = pool.token(IssuerType.UPDATED, ACCESS);
      assertThat(refusal(validator, token)).isNull();
      pool.publish(ID);
      pool.fetches.clear();
      while (pool.fetches.isEmpty()) {
        pool.loop.pass(Duration.ofSeconds(1));
      }
      pool.loop.pass(Duration.ofMinutes(10).minusSeconds(1));
      assertThat(refusal(validator, token)).isNull();
      pool.loop.pass(Duration.ofSeconds(1));
      assertThat(code(refusal(validator, token))).isEqualTo(RejectionCode.UNKNOWN_KEY);
      assertThat(refusal(validator, pool.token(IssuerType.UPDATED, ID))).isNull();
    }
  }

  @Test
  void a_hundred_thousand_tokens_with_random_keys_cost_two_fetches_a_window_and_no_good_token() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    // Without scheduled refreshes, which have a budget of their own.
    try (TokenValidator validator =
        pool.validator(b -> b.tokenCacheBytes(0).refreshInterval(Duration.ofHours(24)))) {
      pool.fetches.clear();
      String good = pool.token(IssuerType.UPDATED, ACCESS);
      for (int i = 0; i < 100_000; i++) {
        Throwable refusal = refusal(validator, forged(random, good));
        assertThat(code(refusal)).isEqualTo(RejectionCode.UNKNOWN_KEY);
        if (i % 100 == 0) {
          assertThat(refusal(validator, good)).isNull();
        }
        pool.loop.pass(Duration.ofMillis(1));
      }
      assertThat(pool.fetches.keySet()).hasSize(3);
      pool.fetches.values().forEach(KeyLifeTest::keepsToTheBudget);

      pool.publish(ACCESS, ID, ROTATED);
      String rotated = pool.token(IssuerType.ORIGINAL, ROTATED);
      Duration since = pool.elapsed();
      while (refusal(validator, rotated) != null) {
        pool.loop.pass(Duration.ofMillis(1));
        assertThat(refusal(validator, forged(random, good))).isNotNull();
        assertThat(pool.elapsed().minus(since)).isLessThan(WINDOW);
      }
    }
  }

  private static void keepsToTheBudget(List<Long> times) {
    assertThat(times).hasSizeBetween(10, 25);
    for (int i = 2; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 2)).isGreaterThanOrEqualTo(WINDOW.toNanos());
    }
  }

  private static String forged(Random random, String good) {
    String header = TestTokens.header(Long.toHexString(random.nextLong()));
    return TestTokens.base64(header) + good.substring(good.indexOf('.'));
  }
}
