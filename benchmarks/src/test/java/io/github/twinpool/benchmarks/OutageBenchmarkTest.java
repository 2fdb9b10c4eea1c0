package io.github.twinpool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class OutageBenchmarkTest {
  @Test
  void a_short_outage_is_measured_and_only_clients_with_two_regions_outlive_it(@TempDir Path target)
      throws Exception {
    List<Cell> cells = new OutageBenchmark(target, 1, List.of(Fault.REFUSE), List.of(10)).run();
    assertThat(cells).hasSize(5).allSatisfy(cell -> assertThat(cell.calls()).isPositive());
    assertThat(cells)
        .filteredOn(cell -> cell.failed() == 0)
        .extracting(Cell::contestant)
        .containsExactly("SDK + resilience4j + fallback", "Twinpool", "Twinpool, hedging");
    assertThat(target.resolve("outage-refuse.svg"))
        .content()
        .contains("Twinpool")
        .contains("</svg>");
    assertThat(target.resolve("outage-benchmark.md")).content().contains("| refuse | 10 |");
    assertThat(target.resolve("outage-benchmark.json")).content().contains("\"maxGetUserMillis\"");
  }
}
