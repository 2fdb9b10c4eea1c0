package io.github.twinpool.failover.internal.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.internal.calls.RandomHistory.Event;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Thousands of random histories in virtual time. More of them: {@code -Dtwinpool.histories=100000};
 * one of them again: {@code -Dtwinpool.history=SEED}.
 */
class RandomHistoriesTest {
  private static final int FIXED = 2_000;
  private static final int FRESH = 200;

  @Test
  void fixed_histories_keep_what_is_promised() {
    Long one = Long.getLong("twinpool.history");
    check(one == null ? 1 : one, one == null ? Integer.getInteger("twinpool.histories", FIXED) : 1);
  }

  @Test
  void fresh_histories_keep_what_is_promised() {
    long seed = System.nanoTime();
    System.out.println("Random histories from seed " + seed);
    check(seed, FRESH);
  }

  private static void check(long firstSeed, int count) {
    for (long seed = firstSeed; seed < firstSeed + count; seed++) {
      RandomHistory history = RandomHistory.of(seed);
      if (!HistoryCheck.violations(history).isEmpty()) {
        List<Event> few = shortened(history, it -> !HistoryCheck.violations(it).isEmpty());
        throw new AssertionError(
            "seed "
                + seed
                + ": "
                + HistoryCheck.violations(history.with(few))
                + " by\n"
                + few.stream().map(Event::toString).collect(Collectors.joining("\n")));
      }
    }
  }

  /** Drops ever smaller parts of a history while it still fails. */
  private static List<Event> shortened(RandomHistory history, Predicate<RandomHistory> fails) {
    List<Event> events = new ArrayList<>(history.events());
    for (int part = events.size() / 2; part >= 1; part /= 2) {
      for (int from = 0; from < events.size(); ) {
        List<Event> fewer = new ArrayList<>(events);
        fewer.subList(from, Math.min(from + part, fewer.size())).clear();
        if (fails.test(history.with(fewer))) {
          events = fewer;
        } else {
          from += part;
        }
      }
    }
    return events;
  }

  @Test
  void a_failing_history_is_shortened_to_what_matters() {
    RandomHistory history = RandomHistory.of(7);
    Predicate<RandomHistory> hasTwoSignUps =
        it -> it.events().stream().filter(e -> e.what().equals("SignUp")).count() >= 2;
    assertThat(hasTwoSignUps.test(history)).isTrue();
    assertThat(shortened(history, hasTwoSignUps))
        .extracting(Event::what)
        .containsOnly("SignUp")
        .hasSize(2);
  }

  @Test
  void the_check_finds_what_must_never_happen() {
    Machine it = new Machine();
    RoutedCalls router = new RoutedCalls(it, FailoverPolicy.defaults());
    RoutedCalls.Call signUp = router.call(RoutingNeeds.of(Machine.SIGN_UP));
    assertThat(signUp.endings).isZero();
    assertThat(router.active()).containsExactly(signUp);
    router.sender(signUp).send(RegionRole.SECONDARY, false);
    assertThat(router.violations).singleElement().asString().contains("SignUp was sent");
    it.pass(Duration.ofSeconds(1));
    assertThat(signUp.answered()).isTrue();
    router.behaves(
        RegionRole.SECONDARY, new RoutedCalls.Behaviour(ScenarioStep.Ending.HANG, Duration.ZERO));
    router.sender(signUp).send(RegionRole.SECONDARY, false);
    assertThat(router.violations).anyMatch(it2 -> it2.contains("after an answer"));
    assertThat(router.leftovers()).containsExactly("an attempt goes on after the end of its call");
  }

  @Test
  void histories_visit_every_mode() {
    List<FailoverMode> visited = new ArrayList<>();
    for (long seed = 1; seed <= 100; seed++) {
      visited.addAll(HistoryCheck.visited(RandomHistory.of(seed)));
    }
    for (FailoverMode mode : FailoverMode.values()) {
      assertThat(visited.stream().filter(mode::equals).count()).as("%s", mode).isGreaterThan(20);
    }
  }
}
