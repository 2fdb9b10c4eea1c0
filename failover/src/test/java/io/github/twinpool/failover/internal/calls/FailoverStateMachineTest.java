package io.github.twinpool.failover.internal.calls;

import static io.github.twinpool.RegionRole.PRIMARY;
import static io.github.twinpool.RegionRole.SECONDARY;
import static io.github.twinpool.failover.AttemptOutcome.ANSWER;
import static io.github.twinpool.failover.AttemptOutcome.LOCAL_FAILURE;
import static io.github.twinpool.failover.AttemptOutcome.NOT_SERVING;
import static io.github.twinpool.failover.AttemptOutcome.REGIONAL_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.twinpool.failover.Advice;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.RegionHealth;
import io.github.twinpool.failover.Transition;
import io.github.twinpool.failover.internal.calls.Machine.Answers;
import io.github.twinpool.failover.internal.machine.Effect;
import io.github.twinpool.failover.internal.machine.ProbeKind;
import io.github.twinpool.failover.internal.machine.Route;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class FailoverStateMachineTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private final Machine it = new Machine();

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  @Test
  void it_begins_at_the_primary_with_the_secondary_next() {
    assertThat(it.mode()).isEqualTo(FailoverMode.PRIMARY);
    assertThat(it.route(Machine.SIGN_IN).order()).containsExactly(PRIMARY, SECONDARY);
    assertThat(it.route(Machine.SIGN_UP).order()).containsExactly(PRIMARY);
  }

  @Test
  void five_failures_in_a_row_over_a_second_switch() {
    it.pass(SECOND);
    it.calls(PRIMARY, REGIONAL_FAILURE, millis(200), millis(800));
    assertThat(it.mode()).isEqualTo(FailoverMode.PRIMARY);
    it.calls(PRIMARY, REGIONAL_FAILURE, millis(200), millis(400));
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
    assertThat(it.transitions.get(0).reason()).contains("PRIMARY DOWN").contains("in a row");
  }

  @Test
  void a_burst_of_failures_within_a_moment_does_not_switch() {
    it.pass(SECOND);
    for (int i = 0; i < 15; i++) {
      it.call(PRIMARY, REGIONAL_FAILURE);
    }
    it.call(PRIMARY, ANSWER);
    it.pass(SECOND);
    assertThat(it.transitions).isEmpty();
  }

  @Test
  void an_answer_between_failures_starts_the_count_again() {
    it.pass(SECOND);
    for (int i = 0; i < 20; i++) {
      it.calls(PRIMARY, REGIONAL_FAILURE, millis(300), millis(1_200));
      it.calls(PRIMARY, ANSWER, millis(50), millis(500));
    }
    assertThat(it.transitions).isEmpty();
  }

  @Test
  void half_of_at_least_twenty_calls_failing_within_ten_seconds_switches() {
    it.pass(SECOND);
    for (int i = 0; i < 9; i++) {
      it.call(PRIMARY, ANSWER);
      it.call(PRIMARY, REGIONAL_FAILURE);
    }
    it.pass(SECOND);
    assertThat(it.transitions).isEmpty();
    it.call(PRIMARY, ANSWER);
    it.call(PRIMARY, REGIONAL_FAILURE);
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
  }

  @Test
  void slow_answers_switch_only_if_the_other_region_is_faster() {
    it.pass(SECOND);
    slowAnswers(Duration.ofSeconds(20));
    assertThat(it.transitions).isEmpty();
    assertThat(it.machine.health(PRIMARY)).isEqualTo(RegionHealth.SUSPECT);
    it.probesTake(PRIMARY, millis(800));
    slowAnswers(Duration.ofSeconds(20));
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
  }

  private static RoutingNeeds signInOf(int user) {
    return new RoutingNeeds(Machine.SIGN_IN, null, false, user, false, false, false);
  }

  private void slowAnswers(Duration forThisLong) {
    Deque<Long> pending = new ArrayDeque<>();
    for (long t = 0; t < forThisLong.toMillis(); t += 300) {
      pending.addLast(it.start(PRIMARY));
      it.pass(millis(300));
      if (pending.size() > 8) {
        it.end(PRIMARY, pending.removeFirst(), ANSWER);
      }
    }
    pending.forEach(id -> it.end(PRIMARY, id, ANSWER));
  }

  @Test
  void followed_advice_moves_and_blocks_the_return() {
    it.pass(SECOND);
    it.machine.advice(Advice.FOLLOW, false, it.now());
    it.pass(SECOND);
    assertThat(it.transitions).isEmpty();
    it.machine.advice(Advice.FOLLOW, false, it.now());
    it.pass(millis(1_500));
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
    for (int i = 0; i < 10; i++) {
      it.machine.advice(Advice.FOLLOW, false, it.now());
      it.pass(Duration.ofSeconds(20));
    }
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
    it.machine.advice(Advice.FOLLOW, true, it.now());
    it.pass(Duration.ofSeconds(1));
    assertThat(it.mode()).isEqualTo(FailoverMode.FAILBACK);
  }

  @Test
  void a_bias_is_worth_one_failed_probe() {
    it.pass(Duration.ofSeconds(10));
    it.machine.advice(Advice.BIAS, false, it.now());
    it.machine.advice(Advice.BIAS, false, it.now());
    it.pass(Duration.ofSeconds(5));
    assertThat(it.transitions).isEmpty();
    it.machine.advice(Advice.BIAS, false, it.now());
    it.probesAnswer(PRIMARY, Answers.FAILED);
    long failed = it.now();
    while (it.mode() == FailoverMode.PRIMARY) {
      it.pass(millis(50));
    }
    assertThat(it.now() - failed).isLessThanOrEqualTo(millis(6_200).toNanos());
  }

  @Test
  void advice_that_is_a_minute_old_is_no_advice() {
    it.pass(SECOND);
    it.machine.advice(Advice.FOLLOW, false, it.now());
    it.pass(Duration.ofSeconds(61));
    it.machine.advice(Advice.FOLLOW, false, it.now());
    it.pass(Duration.ofSeconds(10));
    assertThat(it.transitions).isEmpty();
  }

  @Test
  void local_failures_and_wrong_passwords_do_not_count() {
    it.pass(SECOND);
    it.calls(PRIMARY, LOCAL_FAILURE, millis(50), Duration.ofSeconds(5));
    it.calls(PRIMARY, ANSWER, millis(50), Duration.ofSeconds(5));
    assertThat(it.transitions).isEmpty();
    assertThat(it.machine.health(PRIMARY)).isEqualTo(RegionHealth.UP);
  }

  @Test
  void silence_of_calls_and_probe_switches_within_a_second_and_a_half() {
    it.pass(Duration.ofSeconds(3));
    it.probesAnswer(PRIMARY, Answers.SILENT);
    long hungAt = it.now();
    it.hangingCalls(PRIMARY, millis(100), millis(1_400));
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
    assertThat(it.machine.left(PRIMARY)).isTrue();
    assertThat(it.machine.left(SECONDARY)).isFalse();
    assertThat(it.now() - hungAt).isLessThan(millis(1_500).toNanos());
  }

  @Test
  void three_slow_calls_alone_only_make_it_suspect() {
    it.pass(Duration.ofSeconds(3));
    it.hangingCalls(PRIMARY, millis(100), millis(300));
    it.pass(Duration.ofSeconds(5));
    assertThat(it.machine.health(PRIMARY)).isEqualTo(RegionHealth.SUSPECT);
    assertThat(it.transitions).isEmpty();
  }

  @Test
  void a_slow_call_probes_both_regions_at_once() {
    it.pass(Duration.ofSeconds(3));
    it.probes.clear();
    it.start(PRIMARY);
    it.pass(millis(500));
    assertThat(it.probes)
        .extracting(Effect.Probe::role)
        .containsExactlyInAnyOrder(PRIMARY, SECONDARY);
  }

  @Test
  void sign_in_that_hangs_behind_a_healthy_probe_switches_after_three_seconds() {
    it.pass(Duration.ofSeconds(3));
    it.hangingCalls(PRIMARY, millis(100), Duration.ofSeconds(3));
    assertThat(it.mode()).isEqualTo(FailoverMode.PRIMARY);
    it.hangingCalls(PRIMARY, millis(100), millis(600));
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
  }

  @Test
  void one_call_a_second_into_silence_switches_within_four_seconds() {
    it.pass(Duration.ofSeconds(3));
    it.probesAnswer(PRIMARY, Answers.SILENT);
    it.hangingCalls(PRIMARY, SECOND, Duration.ofSeconds(4));
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
  }

  @Test
  void failing_probes_alone_switch_an_idle_pool() {
    it.pass(Duration.ofSeconds(10));
    it.probesAnswer(PRIMARY, Answers.FAILED);
    it.pass(Duration.ofSeconds(12));
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
  }

  @Test
  void probes_that_never_succeeded_have_no_vote() {
    it.probesAnswer(PRIMARY, Answers.FAILED);
    it.pass(Duration.ofMinutes(2));
    assertThat(it.transitions).isEmpty();
    it.calls(PRIMARY, ANSWER, millis(500), Duration.ofSeconds(20));
    assertThat(it.transitions).isEmpty();
  }

  @Test
  void failing_probes_do_not_outvote_calls_that_are_answered() {
    it.pass(Duration.ofSeconds(10));
    it.probesAnswer(PRIMARY, Answers.FAILED);
    it.calls(PRIMARY, ANSWER, millis(200), Duration.ofMinutes(1));
    assertThat(it.transitions).isEmpty();
  }

  @Test
  void it_does_not_switch_to_a_secondary_that_does_not_answer_either() {
    it.pass(Duration.ofSeconds(10));
    it.probesAnswer(SECONDARY, Answers.FAILED);
    it.pass(Duration.ofSeconds(12));
    it.primaryDies();
    it.pass(Duration.ofSeconds(10));
    assertThat(it.transitions).isEmpty();
    assertThat(it.machine.bothDown()).isTrue();
  }

  @Test
  void a_pause_of_this_process_does_not_make_calls_look_old() {
    it.pass(Duration.ofSeconds(3));
    for (int i = 0; i < 10; i++) {
      it.start(PRIMARY);
    }
    it.pause(Duration.ofMinutes(10));
    it.pass(millis(300));
    assertThat(it.transitions).isEmpty();
    assertThat(it.machine.health(PRIMARY)).isEqualTo(RegionHealth.UP);
  }

  @Test
  void a_call_that_begins_right_after_a_pause_ages_from_then_on() {
    it.pass(Duration.ofSeconds(3));
    it.probesAnswer(PRIMARY, Answers.SILENT);
    it.pause(Duration.ofMinutes(10));
    it.hangingCalls(PRIMARY, millis(100), millis(1_500));
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
  }

  @Test
  void while_the_primary_is_down_its_own_operations_fail_at_once_but_for_one_trial_a_second() {
    it.pass(SECOND);
    it.primaryDies();
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
    assertThat(it.route(Machine.SIGN_UP).order()).containsExactly(PRIMARY);
    for (int i = 0; i < 9; i++) {
      assertThat(it.route(Machine.SIGN_UP).order()).isEmpty();
      it.pass(millis(100));
    }
    it.pass(millis(100));
    assertThat(it.route(Machine.SIGN_UP).order()).containsExactly(PRIMARY);
    assertThat(it.route(Machine.SIGN_IN).order()).containsExactly(SECONDARY, PRIMARY);
  }

  @Test
  void a_trial_that_hangs_holds_back_the_next() {
    it.pass(SECOND);
    it.primaryDies();
    assertThat(it.route(Machine.SIGN_UP).order()).containsExactly(PRIMARY);
    long trial = it.start(PRIMARY);
    it.pass(Duration.ofSeconds(5));
    assertThat(it.route(Machine.SIGN_UP).order()).isEmpty();
    it.end(PRIMARY, trial, REGIONAL_FAILURE);
    assertThat(it.route(Machine.SIGN_UP).order()).containsExactly(PRIMARY);
  }

  @Test
  void it_returns_by_steps_after_a_healthy_dwell() {
    it.pass(SECOND);
    it.primaryDies();
    it.probesAnswer(PRIMARY, Answers.ALIVE);
    it.pass(Duration.ofSeconds(45));
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
    it.pass(Duration.ofSeconds(35));
    assertThat(it.mode()).isEqualTo(FailoverMode.FAILBACK);
    it.pass(Duration.ofSeconds(4 * 18 + 8));
    assertThat(it.mode()).isEqualTo(FailoverMode.PRIMARY);
    assertThat(it.transitions)
        .extracting(Transition::to)
        .containsExactly(FailoverMode.SECONDARY, FailoverMode.FAILBACK, FailoverMode.PRIMARY);
  }

  @Test
  void a_growing_share_of_new_sign_ins_goes_back_and_nothing_else() {
    it.pass(SECOND);
    it.primaryDies();
    it.probesAnswer(PRIMARY, Answers.ALIVE);
    int before = 0;
    while (it.mode() != FailoverMode.PRIMARY) {
      it.pass(SECOND);
      if (it.mode() == FailoverMode.FAILBACK) {
        assertThat(it.route(Machine.SIGN_IN).order()).startsWith(SECONDARY);
        int share = 0;
        for (int user = 0; user < 100; user++) {
          var order = it.machine.route(signInOf(user), it.now()).order();
          share += order.get(0) == PRIMARY ? 1 : 0;
        }
        assertThat(share).isIn(1, 10, 50, 100).isGreaterThanOrEqualTo(before);
        before = share;
      }
    }
    assertThat(before).isEqualTo(100);
  }

  @Test
  void a_failure_breaks_the_dwell() {
    it.pass(SECOND);
    it.primaryDies();
    it.probesAnswer(PRIMARY, Answers.ALIVE);
    for (int i = 0; i < 10; i++) {
      it.pass(Duration.ofSeconds(40));
      it.call(PRIMARY, REGIONAL_FAILURE);
      it.call(PRIMARY, ANSWER);
    }
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
  }

  @Test
  void a_relapse_during_the_failback_returns_at_once_and_doubles_the_dwell() {
    it.pass(SECOND);
    it.primaryDies();
    it.probesAnswer(PRIMARY, Answers.ALIVE);
    it.pass(Duration.ofSeconds(80));
    assertThat(it.mode()).isEqualTo(FailoverMode.FAILBACK);
    it.primaryDies();
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
    it.probesAnswer(PRIMARY, Answers.ALIVE);
    it.pass(Duration.ofSeconds(94));
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
    it.pass(Duration.ofSeconds(55));
    assertThat(it.mode()).isEqualTo(FailoverMode.FAILBACK);
  }

  @Test
  void the_sign_in_plane_must_answer_too_before_the_failback() {
    it.pass(SECOND);
    it.primaryDies();
    it.probesAnswer(PRIMARY, ProbeKind.JWKS, Answers.ALIVE);
    it.pass(Duration.ofMinutes(5));
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
    assertThat(it.machine.health(PRIMARY)).isEqualTo(RegionHealth.DOWN);
  }

  @Test
  void a_secondary_that_dies_later_gives_way_to_a_healthy_primary_at_once() {
    it.pass(SECOND);
    it.primaryDies();
    it.probesAnswer(PRIMARY, Answers.ALIVE);
    it.pass(Duration.ofSeconds(10));
    it.calls(SECONDARY, REGIONAL_FAILURE, millis(100), Duration.ofSeconds(2));
    assertThat(it.mode()).isEqualTo(FailoverMode.PRIMARY);
  }

  @Test
  void a_secondary_that_fails_right_after_the_switch_means_local_trouble() {
    it.pass(SECOND);
    it.primaryDies();
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
    it.probesAnswer(SECONDARY, Answers.FAILED);
    it.calls(SECONDARY, REGIONAL_FAILURE, millis(100), millis(1_300));
    assertThat(it.mode()).isEqualTo(FailoverMode.PRIMARY);
    assertThat(it.transitions.get(1).reason()).contains("local");
  }

  @Test
  void while_both_are_down_attempts_are_short_and_few() {
    it.pass(SECOND);
    it.primaryDies();
    it.pass(Duration.ofSeconds(10));
    it.probesAnswer(SECONDARY, Answers.FAILED);
    it.calls(SECONDARY, REGIONAL_FAILURE, millis(100), Duration.ofSeconds(2));
    assertThat(it.machine.bothDown()).isTrue();
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
    Route route = it.route(Machine.SIGN_IN);
    assertThat(route.order()).containsExactly(SECONDARY, PRIMARY);
    assertThat(route.attemptTimeout()).isEqualTo(SECOND.toNanos());
    for (int i = 0; i < 32; i++) {
      it.start(SECONDARY);
      it.start(PRIMARY);
    }
    assertThat(it.route(Machine.SIGN_IN).order()).isEmpty();
    it.call(SECONDARY, ANSWER);
    assertThat(it.route(Machine.SIGN_IN).order()).containsExactly(SECONDARY, PRIMARY);
  }

  @Test
  void a_replica_that_does_not_serve_is_skipped_until_it_serves() {
    it.pass(SECOND);
    it.probesAnswer(SECONDARY, ProbeKind.SIGN_IN_PLANE, Answers.NOT_SERVING);
    it.call(SECONDARY, NOT_SERVING);
    it.primaryDies();
    it.pass(Duration.ofSeconds(5));
    assertThat(it.mode()).isEqualTo(FailoverMode.PRIMARY);
    assertThat(it.route(Machine.SIGN_IN).order()).containsExactly(PRIMARY);
    it.probesAnswer(SECONDARY, Answers.ALIVE);
    it.pass(Duration.ofSeconds(3));
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
  }

  @Test
  void an_override_holds_until_it_ends_and_the_evidence_decides_then() {
    it.pass(SECOND);
    it.machine.override(SECONDARY, false, Duration.ofMinutes(5), it.now());
    assertThat(it.mode()).isEqualTo(FailoverMode.OVERRIDE);
    assertThat(it.route(Machine.SIGN_IN).order()).containsExactly(SECONDARY, PRIMARY);
    it.pass(Duration.ofSeconds(295));
    assertThat(it.mode()).isEqualTo(FailoverMode.OVERRIDE);
    it.pass(Duration.ofSeconds(10));
    assertThat(it.mode()).isEqualTo(FailoverMode.FAILBACK);
  }

  @Test
  void a_strict_override_leaves_no_second_choice() {
    it.pass(SECOND);
    it.machine.override(SECONDARY, true, Duration.ofMinutes(5), it.now());
    assertThat(it.route(Machine.SIGN_IN).order()).containsExactly(SECONDARY);
    it.machine.endOverride(it.now());
    assertThat(it.mode()).isEqualTo(FailoverMode.FAILBACK);
  }

  @Test
  void an_override_to_a_dead_primary_yields_to_the_evidence_when_it_ends() {
    it.pass(SECOND);
    it.primaryDies();
    it.machine.override(PRIMARY, false, Duration.ofSeconds(5), it.now());
    it.pass(Duration.ofSeconds(6));
    assertThat(it.mode()).isEqualTo(FailoverMode.SECONDARY);
  }

  @Test
  void a_pool_without_replica_stays_where_it_is() {
    Machine single = new Machine(FailoverPolicy.defaults(), false, 1);
    single.pass(SECOND);
    single.primaryDies();
    single.pass(Duration.ofSeconds(10));
    assertThat(single.transitions).isEmpty();
    assertThat(single.route(Machine.SIGN_IN).order()).containsExactly(PRIMARY);
    assertThat(single.probes).extracting(Effect.Probe::role).containsOnly(PRIMARY);
  }

  @Test
  void a_prober_that_died_is_asked_again() {
    it.pass(SECOND);
    long lost = it.probes.size();
    it.machine.evidence(PRIMARY).probe(ProbeKind.JWKS).started(99_999, it.now());
    it.pass(Duration.ofSeconds(10));
    assertThat(it.probes.size()).isGreaterThan((int) lost);
    assertThat(it.probes.get(it.probes.size() - 1).id()).isNotEqualTo(99_999);
  }

  @Test
  void while_only_observing_the_mode_stays_and_nothing_is_refused() {
    Machine observer = new Machine(FailoverPolicy.builder().observeOnly(true).build(), true, 1);
    observer.pass(SECOND);
    observer.primaryDies();
    assertThat(observer.transitions).singleElement().matches(Transition::observedOnly);
    assertThat(observer.machine.effectiveMode()).isEqualTo(FailoverMode.PRIMARY);
    assertThat(observer.machine.serving()).isEqualTo(PRIMARY);
    assertThat(observer.route(Machine.SIGN_UP).order()).containsExactly(PRIMARY);
    RoutingNeeds challenge =
        new RoutingNeeds(Machine.SIGN_IN, PRIMARY, true, null, false, false, false);
    assertThat(observer.machine.route(challenge, observer.now()).order()).containsExactly(PRIMARY);
  }

  @Test
  void health_changes_are_told_with_their_reason() {
    it.pass(SECOND);
    it.primaryDies();
    assertThat(it.healthChanges)
        .extracting(
            Effect.HealthChanged::role, Effect.HealthChanged::to, Effect.HealthChanged::reason)
        .startsWith(
            tuple(PRIMARY, RegionHealth.SUSPECT, "the last call failed"),
            tuple(PRIMARY, RegionHealth.DOWN, "most of the last probes failed"));
  }
}
