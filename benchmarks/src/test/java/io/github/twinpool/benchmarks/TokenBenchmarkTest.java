package io.github.twinpool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.options.TimeValue;

class TokenBenchmarkTest {
  @Test
  void all_libraries_validate_the_token_and_the_report_has_a_row_for_each(@TempDir Path target)
      throws Exception {
    TokenReport report = new TokenBenchmark(target, 0, TimeValue.milliseconds(10), 50, 20).run();
    assertThat(report.scores())
        .filteredOn(score -> score.threads() == 1)
        .extracting(TokenScore::who)
        .containsExactlyInAnyOrder(
            "raw",
            "rawReused",
            "twinpool",
            "nimbus",
            "spring",
            "javaJwt",
            "jose4j",
            "twinpool, cached, 100 % hits",
            "twinpool, cached, 90 % hits",
            "twinpool, cached, 0 % hits");
    assertThat(report.scores())
        .hasSize(20)
        .allSatisfy(score -> assertThat(score.micros()).isPositive());
    assertThat(report.memory().tokens()).isEqualTo(50);
    assertThat(target.resolve("token-benchmark.md"))
        .content()
        .contains("| twinpool | 2 |", "twinpool takes", "50 cached tokens")
        .doesNotContain("NaN times");
    assertThat(target.resolve("token-benchmark.json")).content().contains("\"microsPerToken\":");
    assertThat(target.resolve("token-benchmark.svg")).content().contains("jose4j", "</svg>");
  }
}
