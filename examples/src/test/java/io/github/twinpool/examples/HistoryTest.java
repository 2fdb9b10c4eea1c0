package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.examples.History.Turn;
import io.github.twinpool.failover.FailoverMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Turn SWITCH = turn(120, FailoverMode.PRIMARY, FailoverMode.SECONDARY);
  private static final Turn STEP = turn(250, FailoverMode.SECONDARY, FailoverMode.FAILBACK);
  private static final Turn RETURN = turn(280, FailoverMode.FAILBACK, FailoverMode.PRIMARY);

  @Test
  void the_switch_and_the_return_are_found_among_the_turns() {
    History history = new History(100, 200, 300, List.of(SWITCH, STEP, RETURN));

    assertThat(history.switched()).contains(SWITCH);
    assertThat(history.returned()).contains(RETURN);
  }

  @Test
  void a_return_during_the_outage_is_not_the_return() {
    Turn tooEarly = turn(150, FailoverMode.SECONDARY, FailoverMode.PRIMARY);

    assertThat(new History(100, 200, 300, List.of(SWITCH, tooEarly)).returned()).isEmpty();
  }

  @Test
  void a_switch_before_the_outage_is_not_the_switch() {
    Turn tooEarly = turn(90, FailoverMode.PRIMARY, FailoverMode.SECONDARY);

    assertThat(new History(100, 200, 300, List.of(tooEarly)).switched()).isEmpty();
  }

  @Test
  void phases_follow_each_other_without_a_gap() {
    History history = new History(100, 200, 300, List.of());

    assertThat(history.beganNanos(Phase.HEALTHY)).isZero();
    assertThat(history.endedNanos(Phase.HEALTHY)).isEqualTo(history.beganNanos(Phase.OUTAGE));
    assertThat(history.endedNanos(Phase.OUTAGE)).isEqualTo(history.beganNanos(Phase.RECOVERY));
    assertThat(history.endedNanos(Phase.RECOVERY)).isEqualTo(300);
  }

  private static Turn turn(long at, FailoverMode from, FailoverMode to) {
    return new Turn(at, from, to, "test");
  }
}
