package io.github.twinpool.failover.internal.calls;

import static io.github.twinpool.RegionRole.PRIMARY;
import static io.github.twinpool.RegionRole.SECONDARY;
import static io.github.twinpool.failover.internal.calls.RegionRouterTest.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.failover.Attempt;
import io.github.twinpool.failover.RegionsUnavailableException;
import io.github.twinpool.failover.internal.calls.RegionRouter.CallLimits;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import io.github.twinpool.failover.internal.regions.LocalFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Two Regions asked for the same, in virtual time: after 300 ms, if hedging is on. */
class HedgingTest {
  private static final Duration HEDGE = Duration.ofMillis(350);
  private final Router it = new Router(Router.hedging(), 1_000);

  @AfterEach
  void nothing_is_left_in_flight() {
    it.router.close();
    assertThat(it.inFlight()).isZero();
    it.listeners.close();
  }

  private CompletableFuture<Object> hedged() {
    CompletableFuture<Object> call = it.call(Router.hedgeable());
    it.pass(HEDGE);
    assertThat(it.asked()).containsExactly(PRIMARY, SECONDARY);
    return call;
  }

  @Test
  void a_prompt_answer_asks_nobody_else() {
    CompletableFuture<Object> call = it.call(Router.hedgeable());
    it.succeed(0, "user");
    it.pass(Duration.ofSeconds(1));
    assertThat(call).isCompletedWithValue("user");
    assertThat(it.asked()).containsExactly(PRIMARY);
  }

  @Test
  void what_may_not_be_asked_twice_is_not_hedged() {
    it.call(RoutingNeeds.of(OperationSupport.of("InitiateAuth")));
    it.pass(HEDGE);
    assertThat(it.asked()).containsExactly(PRIMARY);
  }

  @Test
  void the_first_success_wins_and_the_loser_is_cancelled() {
    CompletableFuture<Object> call = hedged();
    it.succeed(1, "from the secondary");
    assertThat(call).isCompletedWithValue("from the secondary");
    assertThat(it.attempt(0)).isCancelled();
  }

  @Test
  void the_primary_may_still_win() {
    CompletableFuture<Object> call = hedged();
    it.succeed(0, "from the primary");
    assertThat(call).isCompletedWithValue("from the primary");
    assertThat(it.attempt(1)).isCancelled();
  }

  @Test
  void a_refusal_by_the_secondary_waits_for_the_primary() {
    CompletableFuture<Object> call = hedged();
    it.fail(1, Router.wrongPassword());
    assertThat(call).isNotDone();
    it.succeed(0, "user");
    assertThat(call).isCompletedWithValue("user");
  }

  @Test
  void a_refusal_by_the_secondary_is_the_answer_if_the_primary_gives_none() {
    CompletableFuture<Object> call = hedged();
    it.fail(1, Router.wrongPassword());
    it.fail(0, Router.readTimeout());
    assertThat(failure(call)).hasSameClassAs(Router.wrongPassword());
  }

  @Test
  void a_refusal_by_the_primary_is_final() {
    CompletableFuture<Object> call = hedged();
    it.fail(0, Router.wrongPassword());
    assertThat(failure(call)).hasSameClassAs(Router.wrongPassword());
    assertThat(it.attempt(1)).isCancelled();
  }

  @Test
  void a_failure_of_the_first_asks_the_second_at_once() {
    CompletableFuture<Object> call = it.call(Router.hedgeable());
    it.fail(0, Router.refused());
    assertThat(it.asked()).containsExactly(PRIMARY, SECONDARY);
    it.succeed(1, "user");
    assertThat(call).isCompletedWithValue("user");
  }

  @Test
  void a_failure_of_both_names_all_attempts() {
    CompletableFuture<Object> call = hedged();
    it.fail(0, Router.internalError());
    assertThat(call).isNotDone();
    it.fail(1, Router.refused());
    RegionsUnavailableException error = (RegionsUnavailableException) failure(call);
    assertThat(error.attempts()).extracting(Attempt::role).containsExactly(PRIMARY, SECONDARY);
    assertThat(error).hasCauseInstanceOf(Router.internalError().getClass());
  }

  @Test
  void a_secondary_that_does_not_serve_asks_the_primary() {
    it.engine.override(SECONDARY, false, Duration.ofMinutes(1));
    CompletableFuture<Object> call = it.call(Router.hedgeable());
    it.fail(0, Router.notEnabled());
    assertThat(it.asked()).containsExactly(SECONDARY, PRIMARY);
    it.succeed(1, "user");
    assertThat(call).isCompletedWithValue("user");
  }

  @Test
  void a_throttled_secondary_asks_the_primary() {
    it.engine.override(SECONDARY, false, Duration.ofMinutes(1));
    CompletableFuture<Object> call = it.call(Router.hedgeable());
    it.fail(0, Router.throttled());
    assertThat(it.asked()).containsExactly(SECONDARY, PRIMARY);
    it.succeed(1, "user");
    assertThat(call).isCompletedWithValue("user");
  }

  @Test
  void a_refusal_by_a_secondary_that_serves_is_the_answer() {
    it.engine.override(SECONDARY, false, Duration.ofMinutes(1));
    CompletableFuture<Object> call = it.call(Router.hedgeable());
    it.fail(0, Router.wrongPassword());
    assertThat(failure(call)).hasSameClassAs(Router.wrongPassword());
    assertThat(it.asked()).containsExactly(SECONDARY);
  }

  @Test
  void a_primary_that_is_down_is_no_hedge() {
    it.primaryDies();
    CompletableFuture<Object> call = it.call(Router.hedgeable());
    it.pass(HEDGE);
    assertThat(it.asked()).containsExactly(SECONDARY);
    it.succeed(0, "user");
    assertThat(call).isCompletedWithValue("user");
  }

  @Test
  void trouble_on_this_side_asks_nobody_else() {
    CompletableFuture<Object> call = it.call(Router.hedgeable());
    SdkClientException local = SdkClientException.create("no credentials");
    it.fail(0, new LocalFailure(local));
    assertThat(failure(call)).isSameAs(local);
    assertThat(it.asked()).containsExactly(PRIMARY);
  }

  @Test
  void both_attempts_keep_to_the_callers_deadline() {
    CompletableFuture<Object> call =
        it.call(Router.hedgeable(), new CallLimits(Duration.ofMillis(600), null));
    it.pass(Duration.ofMillis(650));
    RegionsUnavailableException error = (RegionsUnavailableException) failure(call);
    assertThat(error.attempts()).hasSize(2);
  }

  @Test
  void cancelling_cancels_both() {
    CompletableFuture<Object> call = hedged();
    call.cancel(true);
    assertThat(it.attempt(0)).isCancelled();
    assertThat(it.attempt(1)).isCancelled();
  }

  @Test
  void closing_ends_both() {
    CompletableFuture<Object> call = hedged();
    it.router.close();
    assertThat(failure(call)).hasMessageContaining("closed");
    assertThat(it.attempt(0)).isCancelled();
    assertThat(it.attempt(1)).isCancelled();
  }

  @Test
  void a_timer_that_is_shut_does_not_break_the_call() {
    it.time.reject();
    CompletableFuture<Object> call = it.call(Router.hedgeable());
    it.succeed(0, "user");
    assertThat(call).isCompletedWithValue("user");
  }
}
