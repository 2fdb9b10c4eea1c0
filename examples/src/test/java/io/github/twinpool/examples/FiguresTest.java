package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "84000, 0.08 ms",
    "1000000, 1 ms",
    "3456000, 3.46 ms",
    "10000000, 10 ms",
    "70000000, 70 ms",
    "999400000, 999 ms",
    "999600000, 1 s",
    "1234000000, 1.23 s",
    "15000000000, 15 s",
    "99960000000, 100 s",
    "600000000000, 600 s",
  })
  void times_have_three_figures_at_most(long nanos, String text) {
    assertThat(Figures.ofNanos(nanos)).isEqualTo(text);
    assertThat(Figures.of(Duration.ofNanos(nanos))).isEqualTo(text);
  }
}
