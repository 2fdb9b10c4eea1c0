package io.github.twinpool.failover.internal.calls;

import static io.github.twinpool.RegionRole.PRIMARY;
import static io.github.twinpool.RegionRole.SECONDARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.Attempt;
import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.PrimaryUnavailableException;
import io.github.twinpool.failover.RegionsUnavailableException;
import io.github.twinpool.failover.RequestState;
import io.github.twinpool.failover.SignInInterruptedException;
import io.github.twinpool.failover.Transition;
import io.github.twinpool.failover.internal.calls.RegionRouter.CallLimits;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import io.github.twinpool.failover.internal.regions.LocalFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The rules of routing, in virtual time. */
class RegionRouterTest {
  private Router it = new Router();

  @AfterEach
  void nothing_is_left_in_flight() {
    it.router.close();
    it.time.runDue();
    assertThat(it.inFlight()).isZero();
    it.listeners.close();
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  static Throwable failure(CompletableFuture<?> future) {
    assertThat(future).isCompletedExceptionally();
    Throwable error = catchThrowable(future::join);
    return error instanceof CompletionException ? error.getCause() : error;
  }

  private static List<Attempt> attempts(CompletableFuture<?> future) {
    Throwable error = failure(future);
    assertThat(error).isInstanceOf(RegionsUnavailableException.class);
    return ((RegionsUnavailableException) error).attempts();
  }

  // ---- one call, two Regions

  @Test
  void an_answer_of_the_primary_is_the_answer() {
    CompletableFuture<Object> call = it.call("InitiateAuth");
    it.succeed(0, "tokens");
    assertThat(call).isCompletedWithValue("tokens");
    assertThat(it.asked()).containsExactly(PRIMARY);
  }

  @Test
  void a_regional_failure_moves_to_the_secondary_at_once() {
    CompletableFuture<Object> call = it.call("InitiateAuth");
    it.fail(0, Router.refused());
    assertThat(it.asked()).containsExactly(PRIMARY, SECONDARY);
    it.succeed(1, "tokens");
    assertThat(call).isCompletedWithValue("tokens");
  }

  @Test
  void after_a_refusal_nobody_else_is_asked() {
    CompletableFuture<Object> call = it.call("InitiateAuth");
    it.fail(0, Router.wrongPassword());
    assertThat(failure(call))
        .isInstanceOf(
            software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException
                .class);
    it.pass(Duration.ofSeconds(20));
    assertThat(it.asked()).containsExactly(PRIMARY);
  }

  @Test
  void throttling_by_the_primary_moves_nothing() {
    CompletableFuture<Object> call = it.call("InitiateAuth");
    it.fail(0, Router.throttled());
    assertThat(failure(call)).hasSameClassAs(Router.throttled());
    assertThat(it.asked()).containsExactly(PRIMARY);
  }

  @Test
  void a_local_failure_is_not_tried_elsewhere_and_arrives_as_it_was() {
    CompletableFuture<Object> call = it.call("InitiateAuth");
    SdkClientException noCredentials = SdkClientException.create("Unable to load credentials");
    it.fail(0, new LocalFailure(noCredentials));
    assertThat(failure(call)).isSameAs(noCredentials);
    assertThat(it.asked()).containsExactly(PRIMARY);
  }

  @Test
  void a_local_failure_of_the_second_attempt_does_not_hide_the_first() {
    CompletableFuture<Object> call = it.call("InitiateAuth");
    it.fail(0, Router.internalError());
    it.fail(1, new LocalFailure(SdkClientException.create("Unable to load credentials")));
    assertThat(attempts(call)).extracting(Attempt::role).containsExactly(PRIMARY, SECONDARY);
    assertThat(attempts(call))
        .extracting(Attempt::requestState)
        .containsExactly(RequestState.UNKNOWN, RequestState.NOT_SENT);
  }

  @Test
  void when_both_fail_all_attempts_are_carried() {
    CompletableFuture<Object> call = it.call("InitiateAuth");
    it.fail(0, Router.readTimeout());
    it.fail(1, Router.refused());
    assertThat(attempts(call))
        .extracting(Attempt::failure)
        .containsExactly("SocketTimeoutException", "ConnectException");
    assertThat(((RegionsUnavailableException) failure(call)).requestState())
        .isEqualTo(RequestState.UNKNOWN);
  }

  @Test
  void a_secondary_that_does_not_serve_makes_way_for_the_primary() {
    it.primaryDies();
    it.probesFail.clear();
    CompletableFuture<Object> call = it.call("InitiateAuth");
    it.fail(0, Router.notEnabled());
    assertThat(it.asked()).containsExactly(SECONDARY, PRIMARY);
    it.succeed(1, "tokens");
    assertThat(call).isCompletedWithValue("tokens");
  }

  @Test
  void calls_that_fail_at_first_are_counted_as_rescued_or_failed_in_the_mode_that_they_end_in() {
    List<Transition> transitions = new CopyOnWriteArrayList<>();
    it.listeners.close();
    it =
        new Router(
            FailoverPolicy.defaults(),
            1_000,
            new FailoverListener() {
              @Override
              public void onTransition(Transition transition) {
                transitions.add(transition);
              }
            });
    it.call("InitiateAuth");
    it.succeed(0, "tokens");
    it.call("InitiateAuth");
    it.fail(1, Router.refused());
    it.succeed(2, "tokens");
    it.call("InitiateAuth");
    it.fail(3, Router.refused());
    it.succeed(4, "tokens");
    it.call("InitiateAuth");
    it.fail(5, Router.refused());
    it.fail(6, Router.refused());
    it.call("InitiateAuth");
    it.fail(7, Router.wrongPassword());
    it.primaryDies();
    it.listeners.close(); // tells what is left
    assertThat(transitions)
        .extracting(Transition::to, Transition::rescuedCalls, Transition::failedCalls)
        .containsExactly(tuple(FailoverMode.SECONDARY, 2L, 1L));
  }

  // ---- time

  @Test
  void an_attempt_that_hangs_is_given_up_and_moves() {
    it.call("InitiateAuth");
    it.pass(millis(5_400));
    assertThat(it.attempt(0)).isNotDone();
    it.pass(millis(150));
    assertThat(it.attempt(0)).isCancelled();
    assertThat(it.asked()).containsExactly(PRIMARY, SECONDARY);
  }

  @Test
  void both_attempts_share_one_deadline() {
    CompletableFuture<Object> call =
        it.call(
            RoutingNeeds.of(OperationSupport.of("InitiateAuth")),
            new CallLimits(Duration.ofSeconds(8), null));
    it.pass(millis(7_900));
    assertThat(call).isNotDone();
    it.pass(millis(150));
    assertThat(attempts(call))
        .extracting(Attempt::failure)
        .containsExactly("timed out", "timed out");
    assertThat(it.attempt(1)).isCancelled();
  }

  @Test
  void the_callers_deadline_ends_the_first_attempt_without_a_second() {
    CompletableFuture<Object> call =
        it.call(
            RoutingNeeds.of(OperationSupport.of("InitiateAuth")),
            new CallLimits(millis(700), null));
    it.pass(millis(750));
    assertThat(attempts(call)).hasSize(1);
    assertThat(it.asked()).containsExactly(PRIMARY);
  }

  @Test
  void the_callers_attempt_limit_shortens_each_attempt() {
    it.call(
        RoutingNeeds.of(OperationSupport.of("InitiateAuth")),
        new CallLimits(Duration.ofSeconds(12), millis(500)));
    it.pass(millis(550));
    assertThat(it.asked()).containsExactly(PRIMARY, SECONDARY);
  }

  @Test
  void a_primary_only_call_has_all_the_time_that_its_caller_gives_it() {
    CompletableFuture<Object> call =
        it.call(
            RoutingNeeds.of(OperationSupport.of("SignUp")),
            new CallLimits(Duration.ofSeconds(40), null));
    it.pass(Duration.ofSeconds(39));
    assertThat(call).isNotDone();
    it.pass(Duration.ofSeconds(1).plusMillis(50));
    assertThat(call).isCompletedExceptionally();
    assertThat(it.asked()).containsExactly(PRIMARY);
  }

  @Test
  void absurdly_long_limits_are_no_limits() {
    Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
    CompletableFuture<Object> call =
        it.call(
            RoutingNeeds.of(OperationSupport.of("InitiateAuth")), new CallLimits(forEver, forEver));
    it.succeed(0, "tokens");
    assertThat(call).isCompletedWithValue("tokens");
  }

  // ---- the switch

  private void primaryHangs(int calls) {
    it.probesFail.add(PRIMARY);
    for (int i = 0; i < calls; i++) {
      it.call("GetUser");
    }
  }

  @Test
  void what_hangs_in_a_region_that_is_left_moves_at_the_switch() {
    CompletableFuture<Object> call = it.call("InitiateAuth");
    primaryHangs(3);
    it.pass(millis(1_900));
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
    assertThat(it.attempt(0)).isCancelled();
    assertThat(it.asked().subList(4, 8)).containsOnly(SECONDARY);
    for (int i = 4; i < 8; i++) {
      it.succeed(i, "tokens");
    }
    assertThat(call).isCompletedWithValue("tokens");
  }

  @Test
  void what_may_not_move_is_not_left_behind_at_the_switch() {
    CompletableFuture<Object> challenge = it.call(Router.challengeAnswer(PRIMARY));
    CompletableFuture<Object> refresh = it.call(Router.rotating());
    CompletableFuture<Object> signUp = it.call("SignUp");
    primaryHangs(3);
    it.pass(Duration.ofSeconds(3));
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
    assertThat(it.asked().subList(0, 3)).containsOnly(PRIMARY);
    for (int i = 0; i < 3; i++) {
      assertThat(it.attempt(i)).isNotDone();
      it.succeed(i, "late");
    }
    assertThat(challenge).isCompletedWithValue("late");
    assertThat(refresh).isCompletedWithValue("late");
    assertThat(signUp).isCompletedWithValue("late");
  }

  @Test
  void an_answer_that_comes_after_the_attempt_was_given_up_answers_nothing() {
    CompletableFuture<Object> call = it.call("InitiateAuth");
    CompletableFuture<Object> first = it.attempt(0);
    it.pass(millis(5_600));
    first.complete("too late");
    assertThat(call).isNotDone();
    it.succeed(1, "tokens");
    assertThat(call).isCompletedWithValue("tokens");
  }

  // ---- primary only

  @Test
  void while_the_primary_is_down_what_it_alone_serves_fails_at_once_but_for_one_trial_a_second() {
    it.primaryDies();
    CompletableFuture<Object> trial = it.call("SignUp");
    assertThat(it.asked()).containsExactly(PRIMARY);
    for (int i = 0; i < 10; i++) {
      assertThat(failure(it.call("SignUp"))).isInstanceOf(PrimaryUnavailableException.class);
    }
    it.fail(0, Router.internalError());
    assertThat(failure(trial)).hasSameClassAs(Router.internalError());
    assertThat(it.asked()).containsExactly(PRIMARY);
  }

  // ---- a secondary short of capacity

  @Test
  void a_throttled_secondary_makes_way_for_a_primary_that_is_not_down() {
    it.engine.override(SECONDARY, false, Duration.ofMinutes(1));
    CompletableFuture<Object> call = it.call("InitiateAuth");
    it.fail(0, Router.throttled());
    assertThat(it.asked()).containsExactly(SECONDARY, PRIMARY);
    it.succeed(1, "tokens");
    assertThat(call).isCompletedWithValue("tokens");
  }

  @Test
  void a_throttled_secondary_is_the_answer_while_the_primary_is_down() {
    it.primaryDies();
    CompletableFuture<Object> call = it.call("InitiateAuth");
    it.fail(0, Router.throttled());
    assertThat(failure(call)).hasSameClassAs(Router.throttled());
    assertThat(it.asked()).containsExactly(SECONDARY);
  }

  // ---- rotating refresh tokens

  @Test
  void a_rotating_refresh_moves_if_it_was_not_sent() {
    it.call(Router.rotating());
    it.fail(0, Router.refused());
    assertThat(it.asked()).containsExactly(PRIMARY, SECONDARY);
  }

  @Test
  void a_rotating_refresh_that_may_have_been_seen_stays() {
    CompletableFuture<Object> call = it.call(Router.rotating());
    it.fail(0, Router.readTimeout());
    assertThat(attempts(call)).hasSize(1);
    CompletableFuture<Object> other = it.call(Router.rotating());
    it.fail(1, Router.internalError());
    assertThat(failure(other)).hasSameClassAs(Router.internalError());
    assertThat(it.asked()).containsExactly(PRIMARY, PRIMARY);
  }

  @Test
  void a_rotating_refresh_that_hangs_times_out_where_it_is() {
    CompletableFuture<Object> call = it.call(Router.rotating());
    it.pass(millis(5_600));
    assertThat(attempts(call))
        .extracting(Attempt::requestState)
        .containsExactly(RequestState.UNKNOWN);
  }

  // ---- challenges

  @Test
  void a_challenge_whose_region_is_gone_says_where_to_start_again() {
    it.primaryDies();
    Throwable error = failure(it.call(Router.challengeAnswer(PRIMARY)));
    assertThat(error).isInstanceOf(SignInInterruptedException.class);
    assertThat(((SignInInterruptedException) error).region()).isEqualTo("us-east-1");
    assertThat(it.sent).isEmpty();
  }

  @Test
  void a_challenge_whose_region_fails_says_so_too_and_keeps_the_cause() {
    CompletableFuture<Object> call = it.call(Router.challengeAnswer(SECONDARY));
    SdkClientException cause = Router.readTimeout();
    it.fail(0, cause);
    assertThat(failure(call)).isInstanceOf(SignInInterruptedException.class).hasCause(cause);
    assertThat(it.asked()).containsExactly(SECONDARY);
  }

  @Test
  void a_declined_challenge_is_an_answer() {
    CompletableFuture<Object> call = it.call(Router.challengeAnswer(SECONDARY));
    it.fail(0, Router.notEnabled());
    assertThat(failure(call)).hasSameClassAs(Router.notEnabled());
  }

  // ---- both down

  @Test
  void while_both_are_down_attempts_are_short_and_both_are_named() {
    it.bothDie();
    CompletableFuture<Object> call = it.call("InitiateAuth");
    it.pass(millis(2_150));
    assertThat(attempts(call))
        .extracting(Attempt::role)
        .containsExactlyInAnyOrder(PRIMARY, SECONDARY);
  }

  @Test
  void while_both_are_down_calls_above_the_cap_fail_at_once() {
    it.bothDie();
    for (int i = 0; i < 64; i++) {
      it.call("InitiateAuth");
    }
    assertThat(attempts(it.call("InitiateAuth"))).isEmpty();
    assertThat(it.sent).hasSize(64);
  }

  @Test
  void while_both_are_down_a_call_names_the_region_that_the_cap_kept_it_from() {
    it.bothDie();
    for (int i = 0; i < 32; i++) {
      it.call("InitiateAuth");
    }
    RegionRole first = it.asked().get(0);
    CompletableFuture<Object> leftOutFirst = it.call("InitiateAuth");
    assertThat(it.asked().get(32)).isEqualTo(first.other());
    it.fail(32, Router.refused());
    assertThat(attempts(leftOutFirst))
        .extracting(Attempt::role, Attempt::requestState)
        .containsExactly(
            tuple(first, RequestState.NOT_SENT), tuple(first.other(), RequestState.NOT_SENT));
    assertThat(attempts(leftOutFirst).get(0).failure()).contains("left out");
  }

  @Test
  void a_call_that_moves_into_a_full_region_ends_with_what_it_met_before() {
    it.bothDie();
    CompletableFuture<Object> moving = it.call("InitiateAuth");
    RegionRole first = it.asked().get(0);
    for (int i = 0; i < 63; i++) {
      it.call("InitiateAuth");
    }
    it.fail(0, Router.internalError());
    assertThat(attempts(moving)).extracting(Attempt::role).containsExactly(first, first.other());
    assertThat(failure(moving)).hasCauseInstanceOf(Router.internalError().getClass());
  }

  // ---- only observing

  @Test
  void an_observing_router_never_asks_the_secondary() {
    it = new Router(FailoverPolicy.builder().observeOnly(true).build(), 1_000);
    it.probesFail.add(PRIMARY);
    it.pass(Duration.ofSeconds(20));
    CompletableFuture<Object> call = it.call("InitiateAuth");
    it.fail(0, Router.internalError());
    assertThat(failure(call)).hasSameClassAs(Router.internalError());
    assertThat(it.asked()).containsExactly(PRIMARY);
  }

  // ---- limits, cancellation, closing, and what must not happen

  @Test
  void calls_above_the_limit_fail_at_once_and_ended_ones_make_room() {
    it = new Router(FailoverPolicy.defaults(), 2);
    CompletableFuture<Object> first = it.call("InitiateAuth");
    it.call("InitiateAuth");
    assertThat(failure(it.call("InitiateAuth"))).hasMessageContaining("2 calls in flight");
    first.cancel(true);
    assertThat(it.call("InitiateAuth")).isNotDone();
  }

  @Test
  void refused_calls_take_no_place() {
    it = new Router(FailoverPolicy.defaults(), 2);
    it.primaryDies();
    it.call("SignUp");
    for (int i = 0; i < 10; i++) {
      assertThat(failure(it.call("SignUp"))).isInstanceOf(PrimaryUnavailableException.class);
    }
  }

  @Test
  void a_cancelled_call_cancels_its_attempt_and_begins_no_other() {
    CompletableFuture<Object> call = it.call("InitiateAuth");
    call.cancel(true);
    assertThat(it.attempt(0)).isCancelled();
    assertThat(it.inFlight()).isZero();
    it.pass(Duration.ofSeconds(20));
    assertThat(it.asked()).containsExactly(PRIMARY);
  }

  @Test
  void a_call_cancelled_during_the_hand_over_begins_no_second_attempt() {
    CompletableFuture<Object> call = it.call("InitiateAuth");
    it.time.passTo(it.time.now() + Duration.ofSeconds(6).toNanos());
    it.router.tick();
    assertThat(it.attempt(0)).isCancelled();
    call.cancel(true);
    it.time.runDue();
    assertThat(it.asked()).containsExactly(PRIMARY);
    assertThat(it.inFlight()).isZero();
  }

  @Test
  void closing_ends_every_call_at_once_and_lets_no_more_in() {
    List<CompletableFuture<Object>> calls =
        List.of(it.call("InitiateAuth"), it.call("SignUp"), it.call(Router.rotating()));
    it.router.close();
    it.router.close();
    calls.forEach(call -> assertThat(failure(call)).hasMessageContaining("closed"));
    it.sent.forEach(attempt -> assertThat(attempt.future()).isCancelled());
    assertThat(failure(it.call("InitiateAuth"))).hasMessageContaining("closed");
    assertThat(it.sent).hasSize(3);
  }

  @Test
  void a_client_closed_while_a_call_is_being_sent_cancels_that_attempt() {
    CompletableFuture<Object> attempt = new CompletableFuture<>();
    RegionSender closing =
        new RegionSender() {
          @Override
          public CompletableFuture<Object> send(RegionRole role, boolean throttlingMoves) {
            it.router.close();
            return attempt;
          }

          @Override
          public Object answer(io.github.twinpool.RegionRole role, Object answer) {
            return answer;
          }
        };
    CompletableFuture<Object> call =
        it.router.call(
            RoutingNeeds.of(OperationSupport.of("InitiateAuth")), Router.DEFAULTS, closing);
    assertThat(failure(call)).hasMessageContaining("closed");
    assertThat(attempt).isCancelled();
  }

  @Test
  void a_client_closed_during_the_hand_over_sends_nothing_that_stays() {
    CompletableFuture<Object> call = it.call("InitiateAuth");
    it.time.passTo(it.time.now() + Duration.ofSeconds(6).toNanos());
    it.router.tick();
    it.router.close();
    assertThat(failure(call)).hasMessageContaining("closed");
    it.time.runDue();
    it.sent.forEach(attempt -> assertThat(attempt.future()).isCancelled());
  }

  private RegionSender sender(java.util.function.Supplier<CompletableFuture<Object>> send) {
    return new RegionSender() {
      @Override
      public CompletableFuture<Object> send(RegionRole role, boolean throttlingMoves) {
        return send.get();
      }

      @Override
      public Object answer(io.github.twinpool.RegionRole role, Object answer) {
        throw new IllegalArgumentException("cannot tag this");
      }
    };
  }

  @Test
  void a_sender_that_throws_ends_the_call_and_leaves_nothing_in_flight() {
    for (Throwable bad :
        List.of(new IllegalStateException("no client"), new OutOfMemoryError("no thread"))) {
      CompletableFuture<Object> call =
          it.router.call(
              RoutingNeeds.of(OperationSupport.of("InitiateAuth")),
              Router.DEFAULTS,
              sender(
                  () -> {
                    if (bad instanceof Error error) {
                      throw error;
                    }
                    throw (RuntimeException) bad;
                  }));
      assertThat(failure(call)).isSameAs(bad);
      assertThat(it.inFlight()).isZero();
    }
  }

  @Test
  void a_sender_without_a_future_ends_the_call() {
    CompletableFuture<Object> call =
        it.router.call(
            RoutingNeeds.of(OperationSupport.of("InitiateAuth")),
            Router.DEFAULTS,
            sender(() -> null));
    assertThat(failure(call)).isInstanceOf(NullPointerException.class);
    assertThat(it.inFlight()).isZero();
  }

  @Test
  void an_answer_that_cannot_be_handed_out_ends_the_call_with_the_reason() {
    CompletableFuture<Object> call =
        it.router.call(
            RoutingNeeds.of(OperationSupport.of("InitiateAuth")),
            Router.DEFAULTS,
            sender(() -> CompletableFuture.completedFuture("answer")));
    assertThat(failure(call)).hasMessage("cannot tag this");
  }

  @Test
  void a_client_that_answers_nothing_ends_the_call_too() {
    CompletableFuture<Object> call = it.call("InitiateAuth");
    it.succeed(0, null);
    assertThat(call).isCompletedWithValue(null);
  }

  @Test
  void an_executor_that_takes_no_hand_over_does_not_stop_it() {
    it.call("InitiateAuth");
    it.time.passTo(it.time.now() + Duration.ofSeconds(6).toNanos());
    it.time.reject();
    it.router.tick();
    assertThat(it.asked()).containsExactly(PRIMARY, SECONDARY);
  }
}
