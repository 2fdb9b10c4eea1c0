package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** On a clock of its own, which moves only when somebody waits or works. */
class LoadGeneratorTest {
  private static final long MILLI = 1_000_000L;

  private final VirtualClock clock = new VirtualClock();
  private final CallLog log = new CallLog();

  @Test
  void each_tick_signs_in_refreshes_and_validates_in_the_middle_of_its_period() throws Exception {
    load(Runnable::run, client("one")).run(Phase.HEALTHY, 300 * MILLI, () -> false);

    assertThat(log.ended())
        .filteredOn(sample -> sample.operation() != Operation.SIGN_UP)
        .extracting(sample -> sample.operation() + " " + sample.dueNanos() / MILLI)
        .containsExactly(
            "SIGN_IN 50",
            "REFRESH 50",
            "VALIDATE 50",
            "SIGN_IN 150",
            "REFRESH 150",
            "VALIDATE 150",
            "SIGN_IN 250",
            "REFRESH 250",
            "VALIDATE 250");
  }

  @Test
  void a_sign_up_comes_every_so_many_ticks() throws Exception {
    load(Runnable::run, client("one")).run(Phase.HEALTHY, 1000 * MILLI, () -> false);

    assertThat(log.ended())
        .filteredOn(sample -> sample.operation() == Operation.SIGN_UP)
        .extracting(sample -> sample.dueNanos() / MILLI)
        .containsExactly(50L, 550L);
  }

  @Test
  void calls_are_sent_when_due_while_all_calls_before_them_hang() throws Exception {
    List<Runnable> hanging = new ArrayList<>();

    load(hanging::add, client("one")).run(Phase.OUTAGE, 1000 * MILLI, () -> false);

    assertThat(hanging).hasSize(10 * 3 + 2);
    assertThat(log.waiting(clock.elapsedNanos())).hasSize(32);
    assertThat(log.ended()).isEmpty();
  }

  @Test
  void a_call_that_was_sent_late_has_waited_since_it_was_due() throws Exception {
    Contender stalls = client("one", () -> clock.advance(130 * MILLI));

    load(Runnable::run, stalls).run(Phase.HEALTHY, 200 * MILLI, () -> false);

    assertThat(log.ended())
        .filteredOn(sample -> sample.operation() != Operation.SIGN_UP)
        .extracting(sample -> sample.waitedNanos() / MILLI)
        .containsExactly(130L, 260L, 390L, 550L, 680L, 810L);
  }

  @Test
  void a_phase_ends_at_its_time_and_the_next_goes_on_where_it_ended() throws Exception {
    LoadGenerator load = load(Runnable::run, client("one"));

    load.run(Phase.HEALTHY, 220 * MILLI, () -> false);
    long endedAt = clock.elapsedNanos();
    load.run(Phase.OUTAGE, 400 * MILLI, () -> false);

    assertThat(endedAt).isEqualTo(220 * MILLI);
    assertThat(log.ended())
        .filteredOn(sample -> sample.operation() == Operation.SIGN_IN)
        .extracting(sample -> sample.phase() + " " + sample.dueNanos() / MILLI)
        .containsExactly("HEALTHY 50", "HEALTHY 150", "OUTAGE 250", "OUTAGE 350");
  }

  @Test
  void a_phase_ends_early_when_it_is_enough() throws Exception {
    load(Runnable::run, client("one"))
        .run(Phase.RECOVERY, 60_000 * MILLI, () -> clock.elapsedNanos() >= 200 * MILLI);

    assertThat(clock.elapsedNanos()).isEqualTo(250 * MILLI);
  }

  @Test
  void all_contenders_get_the_same_calls() throws Exception {
    load(Runnable::run, client("one"), client("two")).run(Phase.HEALTHY, 500 * MILLI, () -> false);

    assertThat(callsOf("one")).hasSize(16).isEqualTo(callsOf("two"));
  }

  @Test
  void a_failure_is_kept_with_what_it_said() throws Exception {
    Contender broken = client("one", () -> failure(new IllegalStateException("no way")));

    load(Runnable::run, broken).run(Phase.HEALTHY, 60 * MILLI, () -> false);

    assertThat(log.ended())
        .extracting(Sample::outcome, Sample::problem)
        .containsOnly(tuple(Outcome.FAILED, "IllegalStateException: no way"));
  }

  @Test
  void what_is_cut_off_hangs_and_cannot_end_later() throws Exception {
    List<Runnable> hanging = new ArrayList<>();
    load(hanging::add, client("one")).run(Phase.OUTAGE, 100 * MILLI, () -> false);

    log.cutOff(5000 * MILLI);
    hanging.forEach(Runnable::run);

    assertThat(log.waiting(clock.elapsedNanos())).isEmpty();
    assertThat(log.ended())
        .hasSize(4)
        .allMatch(sample -> sample.outcome() == Outcome.HANGING)
        .allMatch(sample -> sample.waitedNanos() == 4950 * MILLI);
  }

  private LoadGenerator load(Executor workers, Contender... contenders) {
    return new LoadGenerator(List.of(contenders), Duration.ofMillis(100), 5, clock, workers, log);
  }

  private List<String> callsOf(String contender) {
    return log.ended().stream()
        .filter(sample -> sample.contender().equals(contender))
        .map(sample -> sample.operation() + " " + sample.dueNanos())
        .toList();
  }

  private static void failure(RuntimeException e) {
    throw e;
  }

  private static Contender client(String name) {
    return client(name, () -> {});
  }

  private static Contender client(String name, Runnable work) {
    return new Contender() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void call(Operation operation) {
        work.run();
      }

      @Override
      public void close() {}
    };
  }

  private static final class VirtualClock implements LoadClock {
    private long now;

    void advance(long nanos) {
      now += nanos;
    }

    @Override
    public long elapsedNanos() {
      return now;
    }

    @Override
    public void await(long elapsedNanos) {
      now = Math.max(now, elapsedNanos);
    }
  }
}
