package io.github.twinpool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.DrillListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter err = new StringWriter();
  private final AtomicLong seconds = new AtomicLong(Long.MAX_VALUE / 2);
  private final Progress progress =
      new Progress(new PrintWriter(err), () -> TimeUnit.SECONDS.toNanos(1) * seconds.get());

  @Test
  void lines_and_rows_of_words_fit_into_80_columns() {
    progress.line("A sentence of 100 % and some more words that would not fit ".repeat(3).trim());
    IntStream.range(0, 30).forEach(it -> progress.word("WORD_" + it));
    progress.endWords();
    progress.line("the end");
    assertThat(err.toString().lines())
        .hasSizeGreaterThan(5)
        .allMatch(line -> line.length() <= 80)
        .last()
        .isEqualTo("the end");
    assertThat(err.toString())
        .contains("100 % and", "  WORD_0 WORD_1", "WORD_29")
        .containsPattern("(?s)some\\s+more\\s+words\\s+that");
  }

  @Test
  void a_drill_is_told_when_another_region_serves_and_every_ten_seconds() {
    DrillListener drill = progress.drill();
    for (int at = 0; at < 25; at++) {
      if (at == 3) {
        drill.outageBegins();
      }
      drill.sampled(
          Duration.ofSeconds(at), at < 5 ? RegionRole.PRIMARY : RegionRole.SECONDARY, at == 4);
      seconds.incrementAndGet();
    }
    drill.outageEnds(true);
    assertThat(err.toString().lines())
        .containsExactly(
            "  0 s: the primary serves; calls: 1, failed: 0",
            "The outage begins.",
            "  5 s: the secondary serves; calls: 6, failed: 1",
            "  15 s: the secondary serves; calls: 16, failed: 1",
            "Too many calls fail: the outage ends early.");
  }

  @Test
  void markers_are_told_every_two_seconds() {
    var lag = progress.lag(4);
    lag.accept(Optional.of(Duration.ofMillis(100)));
    seconds.addAndGet(2);
    lag.accept(Optional.of(Duration.ofMillis(130)));
    lag.accept(Optional.of(Duration.ofMillis(110)));
    seconds.addAndGet(30);
    lag.accept(Optional.empty());
    assertThat(err.toString().lines())
        .containsExactly("  2 of 4, the last 130 ms", "  4 of 4, the last was lost");
  }
}
