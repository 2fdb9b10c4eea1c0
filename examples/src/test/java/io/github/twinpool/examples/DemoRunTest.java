package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.examples.DemoResult.Served;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.PrimaryUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A short demo against the emulator. Counts calls, and makes no claim about how fast they are. */
@Tag("slow")
@Isolated("looks at all threads")
class DemoRunTest {
  private static final DemoPlan PLAN =
      new DemoPlan(
          10,
          Duration.ofSeconds(1),
          Duration.ofSeconds(4),
          Duration.ofMinutes(2),
          Duration.ofMillis(70),
          Path.of("unused"));

  private static final FailoverPolicy QUICKLY_BACK =
      FailoverPolicy.builder()
          .dwell(Duration.ofMillis(500))
          .failbackStep(Duration.ofMillis(100))
          .suspectProbeInterval(Duration.ofMillis(250))
          .build();

  private static Set<Thread> before;
  private static DemoResult result;

  @BeforeAll
  static void run() throws Exception {
    before = threads();
    result = new DemoRun(PLAN, QUICKLY_BACK, OutageDemo.timer(), new NoView()).run();
  }

  @Test
  void twinpool_fails_no_sign_in_and_no_refresh() {
    LatencyStats stats = result.stats(Twinpool.NAME, DemoResult.EITHER_REGION);

    assertThat(stats.calls()).isGreaterThanOrEqualTo(100);
    assertThat(stats.failed()).isZero();
    assertThat(stats.refused()).isZero();
  }

  @Test
  void while_the_primary_hangs_twinpool_answers_and_the_plain_client_does_not() {
    Served plain = result.servedInOutage(PlainSdk.NAME);
    Served twinpool = result.servedInOutage(Twinpool.NAME);

    assertThat(plain.due()).isPositive().isEqualTo(twinpool.due());
    assertThat(plain.answered()).isZero();
    assertThat(twinpool.answered()).isPositive();
  }

  @Test
  void both_clients_get_the_same_calls_at_the_same_times() {
    assertThat(calls(PlainSdk.NAME)).isNotEmpty().isEqualTo(calls(Twinpool.NAME));
  }

  @Test
  void twinpool_goes_to_the_secondary_and_comes_back_step_by_step() {
    assertThat(result.history().turns())
        .extracting(History.Turn::to)
        .contains(FailoverMode.SECONDARY, FailoverMode.FAILBACK)
        .endsWith(FailoverMode.PRIMARY);
  }

  @Test
  void sign_ups_are_refused_at_once_while_the_primary_is_down() {
    assertThat(result.problems(Twinpool.NAME, Operation.SIGN_UP, Outcome.REFUSED))
        .isNotEmpty()
        .allMatch(it -> it.startsWith(PrimaryUnavailableException.class.getSimpleName()));
  }

  @Test
  void the_tokens_of_both_regions_are_good() {
    for (String contender : result.contenders()) {
      LatencyStats stats = result.stats(contender, Set.of(Operation.VALIDATE));
      assertThat(stats.calls()).isPositive();
      assertThat(stats.failed()).as(contender).isZero();
    }
  }

  @Test
  void the_summary_says_what_was_shortened_by_the_values_of_the_policies() {
    assertThat(String.join(" ", SummaryTable.lines(result)).replaceAll(" +", " "))
        .contains("dwell 60 s → 500 ms, failback step 15 s → 100 ms");
  }

  @Test
  void no_thread_is_left_behind() {
    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(leftBehind()).isEmpty());
  }

  /**
   * Fork-join pools are the JVM's and JUnit's, and one thread is Awaitility's. That of a JDK HTTP
   * client, which cannot be closed before Java 21, ends when the client is collected.
   */
  private static List<String> leftBehind() {
    System.gc();
    return threads().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> !name.matches("ForkJoinPool.*|awaitility-thread"))
        .toList();
  }

  private static Set<Thread> threads() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }

  private static List<String> calls(String contender) {
    return result.samples().stream()
        .filter(sample -> sample.contender().equals(contender))
        .map(sample -> sample.operation() + " " + sample.dueNanos())
        .sorted()
        .toList();
  }

  private record NoView() implements LiveView {
    @Override
    public long periodMillis() {
      return 1000;
    }

    @Override
    public void show(Progress progress) {}
  }
}
