package io.github.twinpool.token;

import static io.github.twinpool.token.TestKeys.ACCESS;
import static io.github.twinpool.token.TestKeys.ID;
import static io.github.twinpool.token.TestKeys.OTHER_POOL;
import static io.github.twinpool.token.TestKeys.ROTATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.token.KeySourceFailure.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** When keys come and go, in virtual time. */
class PoolKeysTest {
  private static final Duration INTERVAL = Duration.ofMinutes(5);
  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final Duration MAX_AGE = Duration.ofDays(3);
  private static final KeyPolicy POLICY =
      KeyPolicy.of(INTERVAL, GRACE, MAX_AGE, Duration.ofSeconds(5));

  private final VirtualLoop loop = new VirtualLoop();
  private final ScriptedSource updated = new ScriptedSource("updated", loop);
  private final ScriptedSource primary = new ScriptedSource("primary", loop);
  private final ScriptedSource secondary = new ScriptedSource("secondary", loop);
  private final List<String> heard = new ArrayList<>();
  private final ValidatorEvents events =
      new ValidatorEvents(List.of(listener()), Runnable::run, loop::nanoTime);
  private final PoolKeys keys =
      new PoolKeys(
          "us-east-1_EXAMPLE",
          List.of(updated, primary, secondary),
          List.of(),
          POLICY,
          loop,
          new Random(1),
          events,
          null);

  private TokenValidatorListener listener() {
    return new TokenValidatorListener() {
      @Override
      public void keysFetched(String poolId, URI source, int keys, int skipped) {
        heard.add("fetched " + keys + " from " + source.getHost());
      }

      @Override
      public void keySourceFailed(String poolId, KeySourceFailure failure) {
        heard.add(failure.reason() + " at " + failure.source().getHost());
      }

      @Override
      public void keysUnavailable(
          String poolId, List<KeySourceFailure> failures, boolean stillValidating) {
        heard.add(failures.size() + " failed, still validating " + stillValidating);
      }

      @Override
      public void unknownKey(String poolId) {
        heard.add("unknown key");
      }
    };
  }

  private void allPublish(com.nimbusds.jose.jwk.RSAKey... published) {
    List.of(updated, primary, secondary).forEach(source -> source.publishes(published));
  }

  private void allFail() {
    List.of(updated, primary, secondary).forEach(source -> source.fails(Reason.CONNECTION));
  }

  private void warm() {
    allPublish(ACCESS, ID);
    preload();
    assertThat(keys.ready()).isTrue();
  }

  private void preload() {
    CompletableFuture<Void> done = keys.preload();
    loop.pass(Duration.ofSeconds(6));
    assertThat(done).isDone();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what matters is what it causes
  private void ask(String keyId) {
    keys.find(keyId, List.of());
  }

  private CompletableFuture<List<SigningKey>> find(String keyId) {
    return keys.find(keyId, List.of());
  }

  private int fetches() {
    return updated.fetches + primary.fetches + secondary.fetches;
  }

  private static Throwable failure(CompletableFuture<?> future) {
    return future.handle((value, e) -> e instanceof CompletionException ? e.getCause() : e).join();
  }

  @Test
  void two_hundred_callers_without_keys_cause_one_fetch() {
    allPublish(ACCESS, ID);
    List<CompletableFuture<List<SigningKey>>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(find("access-key"));
    }
    loop.pass(Duration.ofMillis(100));
    assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).hasSize(1));
    assertThat(fetches()).isEqualTo(1);
  }

  @Test
  void a_silent_source_is_hedged_after_the_delay_and_then_cancelled() {
    updated.hangs();
    primary.publishes(ACCESS);
    CompletableFuture<List<SigningKey>> answer = find("access-key");
    loop.pass(Duration.ofMillis(299));
    assertThat(primary.fetches).isZero();
    loop.pass(Duration.ofMillis(30));
    assertThat(answer.join()).hasSize(1);
    assertThat(updated.cancelled).isEqualTo(1);
    assertThat(secondary.fetches).isZero();
  }

  @Test
  void a_failing_source_is_followed_by_the_next_at_once_and_asked_last_from_then_on() {
    updated.fails(Reason.HTTP_STATUS);
    primary.publishes(ACCESS);
    CompletableFuture<List<SigningKey>> answer = find("access-key");
    loop.pass(Duration.ofMillis(40));
    assertThat(answer.join()).hasSize(1);
    loop.pass(INTERVAL);
    assertThat(updated.fetches).isEqualTo(1);
    assertThat(primary.fetches).isEqualTo(2);
  }

  @Test
  void with_all_sources_hanging_callers_without_keys_wait_five_seconds_at_most() {
    List.of(updated, primary, secondary).forEach(ScriptedSource::hangs);
    CompletableFuture<List<SigningKey>> answer = find("access-key");
    loop.pass(Duration.ofSeconds(5));
    assertThat(failure(answer)).isInstanceOf(KeysUnavailableException.class);
    assertThat(((KeysUnavailableException) failure(answer)).failures())
        .hasSize(3)
        .allSatisfy(f -> assertThat(f.reason()).isEqualTo(Reason.TIMEOUT));
    assertThat(List.of(updated.cancelled, primary.cancelled, secondary.cancelled)).containsOnly(1);
  }

  @Test
  void a_slow_source_has_the_whole_keys_timeout() {
    ScriptedSource slow = new ScriptedSource("slow", loop).after(Duration.ofSeconds(19));
    slow.publishes(ACCESS);
    PoolKeys patient =
        new PoolKeys(
            "us-east-1_EXAMPLE",
            List.of(slow),
            List.of(),
            KeyPolicy.of(INTERVAL, GRACE, MAX_AGE, Duration.ofSeconds(20)),
            loop,
            new Random(1),
            events,
            null);
    CompletableFuture<List<SigningKey>> answer = patient.find("access-key", List.of());
    loop.pass(Duration.ofSeconds(20));
    assertThat(answer.join()).hasSize(1);
    assertThat(slow.fetches).isEqualTo(1);
  }

  @Test
  void without_keys_the_first_recovery_is_noticed_within_five_seconds() {
    allFail();
    preload();
    loop.pass(Duration.ofHours(1));
    secondary.publishes(ACCESS);
    loop.pass(Duration.ofMillis(5_500));
    assertThat(keys.here("access-key")).hasSize(1);
  }

  @Test
  void callers_right_after_a_failed_fetch_are_answered_at_once_and_fetch_nothing() {
    allFail();
    CompletableFuture<List<SigningKey>> first = find("access-key");
    loop.pass(Duration.ofMillis(100));
    assertThat(failure(first)).isInstanceOf(KeysUnavailableException.class);
    int before = fetches();
    CompletableFuture<List<SigningKey>> second = find("access-key");
    loop.run();
    assertThat(failure(second)).isInstanceOf(KeysUnavailableException.class);
    assertThat(fetches()).isEqualTo(before).isEqualTo(3);
  }

  @Test
  void keys_are_refreshed_ahead_of_the_interval() {
    warm();
    for (int i = 0; i < 100; i++) {
      loop.pass(INTERVAL);
      assertThat(keys.status().age()).isLessThan(INTERVAL.plusSeconds(1));
    }
    assertThat(fetches()).isBetween(101, 126);
  }

  @Test
  void keys_live_for_72_hours_without_any_source_and_no_longer() {
    warm();
    loop.pass(INTERVAL);
    allFail();
    Duration age = keys.status().age();
    loop.pass(MAX_AGE.minus(age).minusMillis(1));
    assertThat(keys.here("access-key")).hasSize(1);
    assertThat(keys.status().age()).isEqualTo(MAX_AGE.minusMillis(1));
    loop.pass(Duration.ofMillis(1));
    assertThat(keys.here("access-key")).isEmpty();
    CompletableFuture<List<SigningKey>> answer = find("access-key");
    loop.pass(Duration.ofSeconds(6));
    assertThat(failure(answer)).isInstanceOf(KeysUnavailableException.class);
    allPublish(ACCESS, ID);
    loop.pass(Duration.ofSeconds(6));
    assertThat(keys.here("access-key")).hasSize(1);
  }

  @Test
  void a_removed_key_dies_ten_minutes_after_the_fetch_that_missed_it() {
    warm();
    allPublish(ID);
    long before = updated.fetches;
    while (updated.fetches == before) {
      loop.pass(Duration.ofMillis(100));
    }
    loop.pass(Duration.ofMillis(200)); // the answers of all three
    loop.pass(GRACE.minusSeconds(1));
    assertThat(keys.here("access-key")).hasSize(1);
    loop.pass(Duration.ofSeconds(1));
    assertThat(keys.here("access-key")).isEmpty();
    assertThat(keys.here("id-key")).hasSize(1);
  }

  @Test
  void a_removed_key_dies_in_time_also_when_the_sources_go_down_after_the_fetch_that_missed_it() {
    warm();
    allPublish(ID);
    loop.pass(INTERVAL);
    allFail();
    loop.pass(GRACE);
    assertThat(keys.here("access-key")).isEmpty();
    assertThat(keys.here("id-key")).hasSize(1);
  }

  @Test
  void a_key_that_comes_back_within_the_grace_lives_on() {
    warm();
    allPublish(ID);
    loop.pass(INTERVAL);
    allPublish(ACCESS, ID);
    loop.pass(GRACE.multipliedBy(3));
    assertThat(keys.here("access-key")).hasSize(1);
  }

  @Test
  void sources_that_disagree_give_the_union() {
    warm();
    updated.publishes(ID);
    loop.pass(Duration.ofHours(2));
    assertThat(keys.here("access-key")).hasSize(1);
    assertThat(keys.here("id-key")).hasSize(1);
    assertThat(keys.status().keys())
        .filteredOn(key -> key.id().equals("access-key"))
        .hasSize(1)
        .allSatisfy(key -> assertThat(key.source()).isNotEqualTo(updated.uri()));
  }

  @Test
  void a_key_that_only_a_down_source_has_comes_back_with_that_source() {
    warm();
    updated.publishes(ID);
    primary.fails(Reason.CONNECTION);
    secondary.fails(Reason.CONNECTION);
    loop.pass(INTERVAL);
    primary.publishes(ACCESS, ID);
    loop.pass(GRACE.multipliedBy(2));
    assertThat(keys.here("access-key")).hasSize(1);
  }

  @Test
  void a_rotated_key_is_fetched_when_the_first_token_names_it() {
    warm();
    allPublish(ACCESS, ID, ROTATED);
    int before = fetches();
    CompletableFuture<List<SigningKey>> answer = find("rotated-key");
    loop.pass(Duration.ofMillis(50));
    assertThat(answer.join()).hasSize(1);
    assertThat(fetches()).isEqualTo(before + 1);
  }

  @Test
  void a_rotated_key_that_only_the_last_source_has_is_found() {
    warm();
    secondary.publishes(ACCESS, ID, ROTATED);
    CompletableFuture<List<SigningKey>> answer = find("rotated-key");
    loop.pass(Duration.ofMillis(100));
    assertThat(answer.join()).hasSize(1);
  }

  @Test
  void an_unknown_key_is_unknown_once_a_source_has_said_so_and_remembered() {
    warm();
    CompletableFuture<List<SigningKey>> answer = find("stray");
    loop.pass(Duration.ofMillis(100));
    assertThat(answer.join()).isEmpty();
    int before = fetches();
    loop.pass(POLICY.refetchSpacing());
    CompletableFuture<List<SigningKey>> again = find("stray");
    loop.run();
    assertThat(again.join()).isEmpty();
    assertThat(fetches()).isEqualTo(before);
  }

  @Test
  void an_unknown_key_is_no_invalid_token_while_all_sources_are_down() {
    warm();
    allFail();
    CompletableFuture<List<SigningKey>> first = find("stray");
    loop.pass(Duration.ofMillis(100));
    assertThat(failure(first)).isInstanceOf(KeysUnavailableException.class);
    CompletableFuture<List<SigningKey>> second = find("stray");
    loop.run();
    assertThat(failure(second)).isInstanceOf(KeysUnavailableException.class);
    assertThat(keys.here("access-key")).hasSize(1);
  }

  @Test
  void callers_with_unknown_keys_wait_one_second_at_most_while_a_source_hangs() {
    warm();
    List.of(updated, primary, secondary).forEach(ScriptedSource::hangs);
    CompletableFuture<List<SigningKey>> first = find("stray");
    loop.pass(Duration.ofSeconds(1));
    assertThat(first).isCompletedExceptionally();
    CompletableFuture<List<SigningKey>> second = find("stray-2");
    loop.run();
    assertThat(second).isCompletedExceptionally();
  }

  @Test
  void a_hundred_thousand_random_keys_cause_two_fetches_a_window_and_hide_no_rotation() {
    warm();
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<Integer> marks = new ArrayList<>();
    int refused = 0;
    int before = updated.fetches;
    for (int i = 0; i < 100_000; i++) {
      ask(Long.toHexString(random.nextLong()));
      if (keys.here("access-key").size() != 1) {
        refused++;
      }
      loop.pass(Duration.ofMillis(1));
      if (i % 10_000 == 9_999) {
        marks.add(updated.fetches - before);
        before = updated.fetches;
      }
    }
    assertThat(refused).isZero();
    // Windows of ten seconds; a scheduled refresh may fall into one.
    assertThat(marks).hasSize(10).allSatisfy(count -> assertThat(count).isBetween(1, 3));
    assertThat(marks.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(21);

    allPublish(ACCESS, ID, ROTATED);
    for (int i = 0; i < 10_000 && keys.here("rotated-key").isEmpty(); i++) {
      ask(Long.toHexString(random.nextLong()));
      ask("rotated-key");
      loop.pass(Duration.ofMillis(1));
    }
    assertThat(keys.here("rotated-key")).hasSize(1);
  }

  @Test
  void the_budget_is_not_charged_for_keys_that_a_running_fetch_brings() {
    allPublish(ACCESS, ID);
    ask("access-key");
    ask("id-key");
    loop.pass(Duration.ofMillis(100));
    allPublish(ACCESS, ID, ROTATED);
    CompletableFuture<List<SigningKey>> rotated = find("rotated-key");
    loop.pass(Duration.ofMillis(50));
    assertThat(rotated.join()).hasSize(1);
  }

  @Test
  void a_key_id_with_new_material_is_a_new_key_beside_the_old() {
    warm();
    allPublish(OTHER_POOL, ID);
    loop.pass(INTERVAL);
    assertThat(keys.here("access-key")).hasSize(2);
    loop.pass(GRACE);
    assertThat(keys.here("access-key")).containsExactly(TestKeys.signingKey(OTHER_POOL));
  }

  @Test
  void when_a_key_did_not_make_the_signature_the_other_sources_are_asked_within_the_budget() {
    updated.publishes(OTHER_POOL); // lies: the same kid, another key
    primary.publishes(ACCESS, ID);
    CompletableFuture<List<SigningKey>> first = find("access-key");
    loop.pass(Duration.ofMillis(100));
    assertThat(first.join()).containsExactly(TestKeys.signingKey(OTHER_POOL));
    CompletableFuture<List<SigningKey>> second = keys.find("access-key", first.join());
    loop.pass(Duration.ofMillis(100));
    assertThat(second.join()).containsExactly(TestKeys.signingKey(ACCESS));
    loop.pass(GRACE);
    int before = fetches();
    for (int i = 0; i < 100; i++) {
      CompletableFuture<List<SigningKey>> forged = keys.find("access-key", keys.here("access-key"));
      loop.pass(Duration.ofMillis(40));
      assertThat(forged).isDone();
      assertThat(forged.join()).isEmpty();
    }
    assertThat(fetches() - before).isLessThanOrEqualTo(6);
  }

  @Test
  void a_source_without_usable_keys_never_replaces_good_ones() {
    warm();
    List.of(updated, primary, secondary).forEach(s -> s.fails(Reason.NO_USABLE_KEYS));
    loop.pass(Duration.ofHours(1));
    assertThat(keys.here("access-key")).hasSize(1);
  }

  @Test
  void the_status_tells_keys_ages_and_the_health_of_sources() {
    updated.fails(Reason.HTTP_STATUS);
    primary.publishes(ACCESS, ID);
    secondary.publishes(ID);
    assertThat(keys.status().age()).isNull();
    assertThat(keys.status().ready()).isFalse();
    CompletableFuture<List<SigningKey>> answer = find("access-key");
    loop.pass(Duration.ofSeconds(61));
    assertThat(answer).isCompleted();

    ValidatorStatus.Pool status = keys.status();
    assertThat(status.id()).isEqualTo("us-east-1_EXAMPLE");
    assertThat(status.ready()).isTrue();
    assertThat(status.age()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(61));
    assertThat(status.keys())
        .extracting(ValidatorStatus.Key::id)
        .containsExactly("access-key", "id-key");
    assertThat(status.keys())
        .allSatisfy(key -> assertThat(key.source()).isEqualTo(primary.uri()))
        .allSatisfy(key -> assertThat(key.removed()).isFalse());
    assertThat(status.sources())
        .extracting(ValidatorStatus.Source::uri)
        .containsExactly(updated.uri(), primary.uri(), secondary.uri());
    assertThat(status.sources().get(0).failure().reason()).isEqualTo(Reason.HTTP_STATUS);
    assertThat(status.sources().get(0).sinceSuccess()).isNull();
    assertThat(status.sources().get(1).failure()).isNull();
    assertThat(status.sources().get(1).sinceSuccess()).isEqualTo(status.age());

    primary.publishes(ID);
    loop.pass(INTERVAL);
    assertThat(keys.status().keys())
        .extracting(ValidatorStatus.Key::removed)
        .containsExactly(true, false);
  }

  @Test
  void listeners_hear_of_fetches_failures_outages_and_unknown_keys() {
    updated.fails(Reason.HTTP_STATUS);
    primary.publishes(ACCESS, ID);
    secondary.publishes(ACCESS, ID);
    preload();
    assertThat(heard)
        .containsExactly("HTTP_STATUS at updated.example", "fetched 2 from primary.example");
    heard.clear();
    ask("stray");
    loop.pass(Duration.ofMillis(100));
    assertThat(heard).hasSize(4).endsWith("unknown key");
    heard.clear();
    allFail();
    loop.pass(POLICY.refetchSpacing());
    ask("rotated-key");
    loop.pass(Duration.ofMillis(100));
    assertThat(heard).hasSize(4).endsWith("3 failed, still validating true");
  }

  @Test
  void a_slow_straggler_cannot_hold_up_a_round_that_has_an_answer() {
    warm();
    updated.publishes(ID);
    primary.hangs();
    secondary.publishes(ID);
    CompletableFuture<List<SigningKey>> answer = find("stray");
    loop.pass(Duration.ofMillis(1_100));
    assertThat(answer.join()).isEmpty();
    assertThat(primary.cancelled).isEqualTo(1);
  }

  @Test
  void closing_releases_waiting_callers_and_fetches_nothing_more() {
    List.of(updated, primary, secondary).forEach(ScriptedSource::hangs);
    CompletableFuture<List<SigningKey>> waiting = find("access-key");
    loop.pass(Duration.ofMillis(1));
    keys.close();
    loop.run();
    assertThat(waiting).isCompletedExceptionally();
    assertThat(updated.cancelled).isEqualTo(1);
    int before = fetches();
    loop.pass(Duration.ofHours(1));
    assertThat(fetches()).isEqualTo(before);
    loop.close();
    assertThat(find("access-key")).isCompletedExceptionally();
  }

  @Test
  void all_sources_being_down_is_retried_with_growing_pauses_up_to_a_minute() {
    warm();
    allFail();
    int before = updated.fetches;
    loop.pass(Duration.ofHours(10));
    assertThat(updated.fetches - before).isBetween(590, 770);
  }
}
