package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyStatsTest {
  @Test
  void percentiles_are_of_the_nearest_rank() {
    long[] hundred = LongStream.rangeClosed(1, 100).toArray();

    assertThat(LatencyStats.percentile(hundred, 50)).isEqualTo(50);
    assertThat(LatencyStats.percentile(hundred, 99)).isEqualTo(99);
    assertThat(LatencyStats.percentile(hundred, 100)).isEqualTo(100);
  }

  @Test
  void with_few_calls_a_high_percentile_is_the_longest() {
    assertThat(LatencyStats.percentile(new long[] {3, 7}, 50)).isEqualTo(3);
    assertThat(LatencyStats.percentile(new long[] {3, 7}, 99)).isEqualTo(7);
    assertThat(LatencyStats.percentile(new long[] {3}, 1)).isEqualTo(3);
  }

  @Test
  void no_calls_have_no_percentiles() {
    assertThat(LatencyStats.of(List.of())).isEqualTo(new LatencyStats(0, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void a_percentile_is_the_smallest_value_that_enough_values_do_not_exceed() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      long[] sorted = random.longs(1 + random.nextInt(300), 0, 1000).sorted().toArray();
      int percent = 1 + random.nextInt(100);

      long value = LatencyStats.percentile(sorted, percent);

      long notAbove = Arrays.stream(sorted).filter(it -> it <= value).count();
      long below = Arrays.stream(sorted).filter(it -> it < value).count();
      assertThat(notAbove * 100).isGreaterThanOrEqualTo((long) percent * sorted.length);
      assertThat(below * 100).isLessThan((long) percent * sorted.length);
    }
  }

  @Test
  void calls_that_failed_or_still_hang_count_as_failed_and_have_waited() {
    LatencyStats stats =
        LatencyStats.of(
            List.of(
                sample(1, Outcome.OK),
                sample(2, Outcome.REFUSED),
                sample(30, Outcome.FAILED),
                sample(40, Outcome.HANGING)));

    assertThat(stats).isEqualTo(new LatencyStats(4, 2, 1, 1, 0, 2, 40, 40));
  }

  @Test
  void an_answer_after_more_than_a_second_and_a_half_is_late() {
    long late = LatencyStats.LATE.toNanos();

    LatencyStats stats =
        LatencyStats.of(
            List.of(
                sample(late, Outcome.OK),
                sample(late + 1, Outcome.OK),
                sample(late + 1, Outcome.FAILED)));

    assertThat(stats.late()).isEqualTo(1);
  }

  private static Sample sample(long waited, Outcome outcome) {
    return new Sample("one", Operation.SIGN_IN, Phase.OUTAGE, 0, waited, outcome, "");
  }
}
