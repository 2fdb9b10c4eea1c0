package io.github.twinpool.failover.internal.calls;

import static io.github.twinpool.RegionRole.PRIMARY;
import static io.github.twinpool.RegionRole.SECONDARY;
import static io.github.twinpool.failover.internal.calls.RegionRouterTest.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.RegionsUnavailableException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminUserGlobalSignOutRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GlobalSignOutRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GlobalSignOutResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RevokeTokenRequest;

/** The primary learns of every revocation, in virtual time. */
class RevocationTest {
  private static final GlobalSignOutResponse DONE = GlobalSignOutResponse.builder().build();

  private final List<Optional<String>> lost = new CopyOnWriteArrayList<>();
  private final Router it =
      new Router(
          FailoverPolicy.defaults(),
          2_000,
          new FailoverListener() {
            @Override
            public void onRevocationLost(Optional<String> originJti) {
              lost.add(originJti);
            }
          });
  private final RevocationRelay relay = new RevocationRelay(it.time, it.listeners);
  private final RoutedEntry entry =
      new RoutedEntry(Router.POOL, client -> false, it.engine, it.router, relay);

  @AfterEach
  void close() {
    it.router.close();
    relay.close();
    it.listeners.close();
    assertThat(it.inFlight()).isZero();
  }

  private CompletableFuture<Object> signOut(String token) {
    CompletableFuture<Object> call =
        entry.call(
            OperationSupport.of("GlobalSignOut"),
            GlobalSignOutRequest.builder().accessToken(token).build(),
            Router.DEFAULTS,
            request -> it.sender()::send);
    it.time.runDue();
    return call;
  }

  private CompletableFuture<Object> signOut() {
    return signOut("token");
  }

  private void answer(RegionRole role, Object value) {
    List.copyOf(it.sent).stream()
        .filter(s -> s.role() == role)
        .forEach(s -> s.future().complete(value));
    it.time.runDue();
  }

  private void fail(RegionRole role, Throwable error) {
    List.copyOf(it.sent).stream()
        .filter(s -> s.role() == role)
        .forEach(s -> s.future().completeExceptionally(error));
    it.time.runDue();
  }

  private long asked(RegionRole role) {
    return it.asked().stream().filter(r -> r == role).count();
  }

  @Test
  void in_primary_the_primary_is_told_and_nobody_else() {
    CompletableFuture<Object> call = signOut();
    answer(PRIMARY, DONE);
    it.pass(Duration.ofMinutes(2));
    assertThat(call).isCompletedWithValue(DONE);
    assertThat(it.asked()).containsExactly(PRIMARY);
  }

  @Test
  void when_the_secondary_steps_in_the_primary_is_told_until_it_answers() {
    CompletableFuture<Object> call = signOut();
    fail(PRIMARY, Router.refused());
    answer(SECONDARY, DONE);
    assertThat(call).isCompletedWithValue(DONE);
    assertThat(it.asked()).containsExactly(PRIMARY, SECONDARY, PRIMARY);
    fail(PRIMARY, Router.internalError());
    it.pass(Duration.ofSeconds(2));
    assertThat(asked(PRIMARY)).isEqualTo(3);
    fail(PRIMARY, Router.throttled());
    it.pass(Duration.ofSeconds(4));
    assertThat(asked(PRIMARY)).isEqualTo(4);
    // Already revoked: it said no, so it knows.
    fail(PRIMARY, Router.wrongPassword());
    it.pass(Duration.ofMinutes(5));
    assertThat(asked(PRIMARY)).isEqualTo(4);
    assertThat(lost).isEmpty();
  }

  @Test
  void otherwise_both_are_told_at_once_and_the_secondary_answers() {
    it.engine.override(SECONDARY, false, Duration.ofHours(1));
    CompletableFuture<Object> call = signOut();
    assertThat(it.asked()).containsExactlyInAnyOrder(PRIMARY, SECONDARY);
    fail(PRIMARY, Router.refused());
    assertThat(call).isNotDone();
    answer(SECONDARY, DONE);
    assertThat(call).isCompletedWithValue(DONE);
    it.pass(Duration.ofSeconds(2));
    assertThat(asked(PRIMARY)).isEqualTo(2);
  }

  @Test
  void a_refusal_by_the_secondary_is_the_answer() {
    it.engine.override(SECONDARY, false, Duration.ofHours(1));
    CompletableFuture<Object> call = signOut();
    fail(SECONDARY, Router.wrongPassword());
    assertThat(failure(call)).hasSameClassAs(Router.wrongPassword());
  }

  @Test
  void if_the_secondary_does_not_answer_the_primarys_success_will_do() {
    it.engine.override(SECONDARY, false, Duration.ofHours(1));
    CompletableFuture<Object> call = signOut();
    fail(SECONDARY, Router.refused());
    assertThat(call).isNotDone();
    answer(PRIMARY, DONE);
    assertThat(call).isCompletedWithValue(DONE);
  }

  @Test
  void if_neither_answers_the_caller_is_told_so() {
    it.engine.override(SECONDARY, false, Duration.ofHours(1));
    CompletableFuture<Object> call = signOut();
    fail(SECONDARY, Router.refused());
    fail(PRIMARY, Router.refused());
    assertThat(failure(call)).isInstanceOf(RegionsUnavailableException.class);
  }

  @Test
  void a_primary_that_is_down_is_told_when_it_is_back() {
    it.primaryDies();
    CompletableFuture<Object> call = signOut();
    answer(SECONDARY, DONE);
    assertThat(call).isCompletedWithValue(DONE);
    it.pass(Duration.ofMinutes(3));
    assertThat(asked(PRIMARY)).isZero();
    it.probesFail.clear();
    for (int i = 0; asked(PRIMARY) == 0 && i < 120; i++) {
      it.pass(Duration.ofSeconds(1));
    }
    answer(PRIMARY, DONE);
    it.pass(Duration.ofMinutes(5));
    assertThat(asked(PRIMARY)).isEqualTo(1);
  }

  @Test
  void closing_loses_what_waits_and_says_so() {
    it.primaryDies();
    String claims = "{\"origin_jti\":\"5d6f0b4e-1\",\"sub\":\"x\"}";
    signOut("h." + Base64.getUrlEncoder().encodeToString(claims.getBytes(UTF_8)) + ".s");
    signOut("not a token");
    signOut("a.!!!.c");
    answer(SECONDARY, DONE);
    it.router.close();
    relay.close();
    relay.close();
    await().until(() -> lost.size() == 3);
    assertThat(lost)
        .containsExactlyInAnyOrder(Optional.of("5d6f0b4e-1"), Optional.empty(), Optional.empty());
  }

  @Test
  void what_the_secondary_refuses_takes_no_room_from_what_it_accepts() {
    it.primaryDies();
    for (int i = 0; i < RevocationRelay.MOST + 1; i++) {
      CompletableFuture<Object> call = signOut("made up " + i);
      fail(SECONDARY, Router.wrongPassword());
      it.sent.clear();
      assertThat(call).isCompletedExceptionally();
    }
    CompletableFuture<Object> real = signOut("real");
    answer(SECONDARY, DONE);
    assertThat(real).isCompletedWithValue(DONE);
    assertThat(lost).isEmpty();
    it.probesFail.clear();
    for (int i = 0; asked(PRIMARY) == 0 && i < 120; i++) {
      it.pass(Duration.ofSeconds(1));
    }
    answer(PRIMARY, DONE);
    it.pass(Duration.ofMinutes(5));
    assertThat(asked(PRIMARY)).isEqualTo(1);
    assertThat(lost).isEmpty();
  }

  @Test
  void what_neither_region_answers_is_not_tried_behind_the_callers_back() {
    it.engine.override(SECONDARY, false, Duration.ofHours(1));
    CompletableFuture<Object> call = signOut();
    fail(SECONDARY, Router.refused());
    fail(PRIMARY, Router.refused());
    assertThat(call).isCompletedExceptionally();
    it.pass(Duration.ofMinutes(5));
    assertThat(asked(PRIMARY)).isEqualTo(1);
  }

  @Test
  void the_same_session_signed_out_again_and_again_waits_once() {
    it.primaryDies();
    for (int i = 0; i < RevocationRelay.MOST + 1; i++) {
      signOut("the same");
      answer(SECONDARY, DONE);
      it.sent.clear();
    }
    it.probesFail.clear();
    for (int i = 0; asked(PRIMARY) == 0 && i < 120; i++) {
      it.pass(Duration.ofSeconds(1));
    }
    answer(PRIMARY, DONE);
    it.pass(Duration.ofMinutes(5));
    assertThat(asked(PRIMARY)).isEqualTo(1);
    assertThat(lost).isEmpty();
  }

  /** Listeners are told in order, on a thread of theirs. */
  private List<Optional<String>> lostByNow() {
    CountDownLatch told = new CountDownLatch(1);
    it.listeners.tell(listener -> told.countDown());
    await().until(() -> told.getCount() == 0);
    return lost;
  }

  private static String token(String claims) {
    return "h." + Base64.getUrlEncoder().encodeToString(claims.getBytes(UTF_8)) + ".s";
  }

  private static GlobalSignOutRequest signOutOf(String person, int session) {
    String claims =
        "{\"origin_jti\":\"" + person + "-" + session + "\",\"sub\":\"" + person + "\"}";
    return GlobalSignOutRequest.builder().accessToken(token(claims)).build();
  }

  /** Accepted each time; but the last one covers all before it, whoever sends them. */
  @Test
  void a_person_who_signs_out_of_a_thousand_sessions_takes_one_place() {
    for (int i = 0; i < RevocationRelay.MOST + 1; i++) {
      relay.relay(signOutOf("mallory", i), CompletableFuture::new);
    }
    for (int i = 0; i < RevocationRelay.MOST - 1; i++) {
      relay.relay(signOutOf("person" + i, 1), CompletableFuture::new);
    }
    assertThat(lostByNow()).isEmpty();
    relay.close();
    await().until(() -> lost.size() == RevocationRelay.MOST);
    assertThat(lost)
        .contains(Optional.of("mallory-" + RevocationRelay.MOST))
        .doesNotContain(Optional.of("mallory-1"));
  }

  /** An older token may have expired by the time that the primary is back. */
  @Test
  void of_a_persons_sign_outs_the_primary_is_told_the_last() {
    List<Integer> told = new CopyOnWriteArrayList<>();
    AtomicBoolean back = new AtomicBoolean();
    for (int i = 0; i < 3; i++) {
      int session = i;
      relay.relay(
          signOutOf("ada", i),
          () -> {
            if (!back.get()) {
              return CompletableFuture.failedFuture(Router.refused());
            }
            told.add(session);
            return CompletableFuture.completedFuture(DONE);
          });
    }
    back.set(true);
    it.pass(Duration.ofMinutes(2));
    assertThat(told).contains(2);
    assertThat(told).doesNotContain(0, 1);
    assertThat(lost).isEmpty();
  }

  /** While the primary is being told of one, the next one comes. */
  @Test
  void a_sign_out_that_comes_while_the_primary_is_told_of_the_one_before_is_told_too() {
    List<CompletableFuture<Object>> told = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 2; i++) {
      relay.relay(
          signOutOf("ada", i),
          () -> {
            CompletableFuture<Object> answer = new CompletableFuture<>();
            told.add(answer);
            return answer;
          });
    }
    told.get(0).complete(DONE);
    it.pass(Duration.ofMinutes(2));
    assertThat(told).hasSize(2);
    told.get(1).complete(DONE);
    it.pass(Duration.ofMinutes(2));
    assertThat(told).hasSize(2);
    relay.close();
    it.pass(Duration.ofSeconds(1));
    assertThat(lost).isEmpty();
  }

  /** RevokeToken answers 200 for what is revoked already, and may do so for what is none. */
  @Test
  void refresh_tokens_that_may_be_none_take_no_place_from_a_sign_out() {
    for (int i = 0; i < RevocationRelay.MOST; i++) {
      relay.relay(revocation(i), CompletableFuture::new);
    }
    relay.relay(signOutOf("ada", 1), CompletableFuture::new);
    relay.relay(
        AdminUserGlobalSignOutRequest.builder().userPoolId("p").username("ada").build(),
        CompletableFuture::new);
    relay.relay(revocation(RevocationRelay.MOST), CompletableFuture::new);
    assertThat(lostByNow()).containsExactly(Optional.empty());
  }

  /** An application may give each of its requests an ID in a header. */
  @Test
  void one_token_in_requests_that_differ_otherwise_waits_once() {
    for (int i = 0; i < RevocationRelay.MOST + 1; i++) {
      String number = String.valueOf(i);
      relay.relay(
          revocation(7).toBuilder()
              .overrideConfiguration(o -> o.putHeader("X-Request-Id", number))
              .build(),
          CompletableFuture::new);
    }
    relay.relay(revocation(8), CompletableFuture::new);
    assertThat(lostByNow()).isEmpty();
  }

  private static RevokeTokenRequest revocation(int number) {
    return RevokeTokenRequest.builder().token("secret " + number).build();
  }

  @Test
  void the_queue_is_bounded_and_what_does_not_fit_is_lost_loudly() {
    for (int i = 0; i < RevocationRelay.MOST; i++) {
      relay.relay(revocation(i), CompletableFuture::new);
    }
    assertThat(lost).isEmpty();
    relay.relay(revocation(RevocationRelay.MOST), CompletableFuture::new);
    await().until(() -> lost.size() == 1);
  }

  @Test
  void answered_revocations_make_room() {
    for (int i = 0; i < 3 * RevocationRelay.MOST; i++) {
      relay.relay(revocation(i), () -> CompletableFuture.completedFuture(DONE));
    }
    assertThat(lost).isEmpty();
  }

  @Test
  void a_relay_that_is_closed_takes_no_more() {
    relay.close();
    relay.relay(revocation(1), CompletableFuture::new);
    await().until(() -> lost.size() == 1);
  }
}
