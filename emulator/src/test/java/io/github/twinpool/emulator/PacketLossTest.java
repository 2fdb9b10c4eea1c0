package io.github.twinpool.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Which waits lost packets cost. */
class PacketLossTest {
  /** Loses the packets for which it draws 0, and no others. */
  private static PacketLoss losing(Integer... draws) {
    Iterator<Integer> next = List.of(draws).iterator();
    RandomGenerator random =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            throw new AssertionError("not drawn");
          }

          @Override
          public double nextDouble() {
            return next.next();
          }
        };
    return new PacketLoss(0.5, random);
  }

  private static Duration waited(long nanos) {
    return Duration.ofNanos(nanos);
  }

  @Test
  void a_lost_packet_is_sent_again_after_200_ms_and_each_time_after_twice_as_long() {
    assertThat(waited(losing(1).of(100))).isZero();
    assertThat(waited(losing(0, 1).of(100))).isEqualTo(Duration.ofMillis(200));
    assertThat(waited(losing(0, 0, 1).of(100))).isEqualTo(Duration.ofMillis(600));
    assertThat(waited(losing(0, 0, 0, 1).of(100))).isEqualTo(Duration.ofMillis(1_400));
  }

  @Test
  void a_lost_packet_with_others_behind_it_is_repaired_at_once_unless_it_is_lost_again() {
    int two = 2 * PacketLoss.SEGMENT;
    assertThat(waited(losing(0, 1, 1).of(two))).isZero();
    assertThat(waited(losing(0, 0, 1, 1).of(two))).isEqualTo(Duration.ofMillis(200));
    assertThat(waited(losing(1, 0, 1).of(two))).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void a_connect_waits_for_both_of_its_packets() {
    assertThat(waited(losing(1, 1).ofHandshake())).isZero();
    assertThat(waited(losing(0, 1, 1).ofHandshake())).isEqualTo(Duration.ofSeconds(1));
    assertThat(waited(losing(0, 0, 1, 0, 1).ofHandshake())).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void without_loss_nothing_waits_and_with_nothing_but_loss_the_wait_has_an_end() {
    assertThat(PacketLoss.none().of(1_000_000)).isZero();
    assertThat(PacketLoss.none().ofHandshake()).isZero();
    assertThat(waited(new PacketLoss(1, new Random(1)).of(1)))
        .isBetween(MINUTE, MINUTE.multipliedBy(20));
  }

  @Test
  void of_single_packets_as_many_wait_as_are_lost() {
    PacketLoss loss = new PacketLoss(0.3, new Random(3));
    int late = 0;
    for (int i = 0; i < 10_000; i++) {
      late += loss.of(500) > 0 ? 1 : 0;
    }
    // 3,000, give or take five standard deviations
    assertThat(late).isBetween(2_770, 3_230);
  }

  private static final Duration MINUTE = Duration.ofMinutes(1);
}
