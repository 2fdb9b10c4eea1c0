package io.github.twinpool.failover.internal.calls;

import static io.github.twinpool.RegionRole.PRIMARY;
import static io.github.twinpool.RegionRole.SECONDARY;
import static io.github.twinpool.failover.internal.calls.NextStep.Kind.ANSWER;
import static io.github.twinpool.failover.internal.calls.NextStep.Kind.FAIL;
import static io.github.twinpool.failover.internal.calls.NextStep.Kind.FAIL_LOCALLY;
import static io.github.twinpool.failover.internal.calls.NextStep.Kind.TRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.AttemptOutcome;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.RequestState;
import io.github.twinpool.failover.internal.calls.NextStep.Kind;
import io.github.twinpool.failover.internal.machine.Route;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows the end of an attempt. */
class NextStepTest {
  private static final RoutingNeeds SIGN_IN = RoutingNeeds.of(OperationSupport.of("InitiateAuth"));

  private static Route route(RegionRole... order) {
    return new Route(List.of(order), 1, false, false, "", FailoverMode.PRIMARY);
  }

  private static NextStep after(AttemptOutcome outcome, RoutingNeeds needs, int tried) {
    return after(outcome, RequestState.UNKNOWN, needs, tried, true);
  }

  private static NextStep after(
      AttemptOutcome outcome, RequestState state, RoutingNeeds needs, int tried, boolean goesOn) {
    return NextStep.after(
        new NextStep.End(tried == 1 ? PRIMARY : SECONDARY, outcome, state, false),
        needs,
        route(PRIMARY, SECONDARY),
        new NextStep.Moment(tried, false, goesOn, false));
  }

  private static Kind throttledBySecondary(boolean another, boolean raced, boolean primaryDown) {
    return NextStep.after(
            new NextStep.End(SECONDARY, AttemptOutcome.ANSWER, RequestState.REJECTED, true),
            SIGN_IN,
            another ? route(SECONDARY, PRIMARY) : route(SECONDARY),
            new NextStep.Moment(1, raced, true, primaryDown))
        .kind();
  }

  @Test
  void an_answer_is_passed_on() {
    assertThat(after(AttemptOutcome.ANSWER, SIGN_IN, 1).kind()).isEqualTo(ANSWER);
  }

  @ParameterizedTest
  @EnumSource(
      value = AttemptOutcome.class,
      names = {"REGIONAL_FAILURE", "NOT_SERVING", "ABANDONED"})
  void what_was_not_answered_goes_on_in_the_next_region(AttemptOutcome outcome) {
    assertThat(after(outcome, SIGN_IN, 1)).isEqualTo(new NextStep(TRY, SECONDARY));
    assertThat(after(outcome, SIGN_IN, 2).kind()).as("there is no third").isEqualTo(FAIL);
    assertThat(after(outcome, RequestState.NOT_SENT, SIGN_IN, 1, false).kind())
        .as("no time is left, or the caller has gone")
        .isEqualTo(FAIL);
  }

  @Test
  void a_rotating_token_goes_on_only_if_it_was_not_sent() {
    RoutingNeeds rotating = Router.rotating();
    assertThat(after(AttemptOutcome.REGIONAL_FAILURE, rotating, 1).kind()).isEqualTo(FAIL);
    assertThat(
            after(AttemptOutcome.REGIONAL_FAILURE, RequestState.REJECTED, rotating, 1, true).kind())
        .isEqualTo(FAIL);
    assertThat(after(AttemptOutcome.REGIONAL_FAILURE, RequestState.NOT_SENT, rotating, 1, true))
        .isEqualTo(new NextStep(TRY, SECONDARY));
    assertThat(NextStep.leavesAtSwitch(rotating, route(PRIMARY, SECONDARY), 1)).isFalse();
    assertThat(NextStep.leavesAtSwitch(SIGN_IN, route(PRIMARY, SECONDARY), 1)).isTrue();
    assertThat(NextStep.leavesAtSwitch(SIGN_IN, route(PRIMARY), 1)).isFalse();
  }

  @Test
  void trouble_of_this_side_ends_the_call_and_does_not_hide_what_was_before() {
    assertThat(after(AttemptOutcome.LOCAL_FAILURE, SIGN_IN, 1).kind()).isEqualTo(FAIL_LOCALLY);
    assertThat(after(AttemptOutcome.LOCAL_FAILURE, SIGN_IN, 2).kind()).isEqualTo(FAIL);
  }

  @Test
  void a_secondary_short_of_capacity_makes_way_unless_the_primary_is_down() {
    assertThat(throttledBySecondary(true, false, false)).isEqualTo(TRY);
    assertThat(throttledBySecondary(true, false, true)).isEqualTo(ANSWER);
    assertThat(throttledBySecondary(false, false, false)).isEqualTo(ANSWER);
    assertThat(throttledBySecondary(false, true, false))
        .as("the other half of the race goes on")
        .isEqualTo(FAIL);
  }

  @Test
  void throttling_by_the_primary_is_an_answer() {
    assertThat(
            NextStep.after(
                    new NextStep.End(PRIMARY, AttemptOutcome.ANSWER, RequestState.REJECTED, true),
                    SIGN_IN,
                    route(PRIMARY, SECONDARY),
                    new NextStep.Moment(1, false, true, false))
                .kind())
        .isEqualTo(ANSWER);
  }

  @Test
  void the_next_region_may_be_either() {
    assertThat(
            NextStep.after(
                new NextStep.End(
                    SECONDARY, AttemptOutcome.REGIONAL_FAILURE, RequestState.UNKNOWN, false),
                SIGN_IN,
                route(SECONDARY, PRIMARY),
                new NextStep.Moment(1, false, true, false)))
        .isEqualTo(new NextStep(TRY, PRIMARY));
  }
}
