package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.operations.CostEstimate.Tier;
import io.github.twinpool.operations.CostEstimate.Usage;
import io.github.twinpool.operations.DrillSample.Phase;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("sets the default locale")
class DefaultLocaleTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  private static Stream<String> texts() {
    List<DrillSample> samples =
        List.of(
            new DrillSample(Duration.ofMillis(1_234), Phase.BEFORE, RegionRole.PRIMARY, false),
            new DrillSample(Duration.ofMillis(5_678), Phase.OUTAGE, RegionRole.SECONDARY, true));
    DrillReport report =
        new DrillReport(
            DrillReport.Kind.LOCAL,
            UserPool.of("us-east-1_EXAMPLE").replicatedTo("us-west-2"),
            samples,
            Set.of(),
            Duration.ofSeconds(2),
            Duration.ofSeconds(9),
            false);
    LagReport lag = new LagReport(List.of(Duration.ofMillis(1_234)), 1, Duration.ofSeconds(30));
    Usage usage = new Usage(Tier.ESSENTIALS, 100_000, BigDecimal.ZERO, 50_000, 2_000_000);
    return Stream.of(
        report.toString(),
        report.toMarkdown(),
        report.toHtml(),
        lag.toString(),
        CostEstimate.of(usage).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "mr-IN", "tr-TR"})
  void reports_and_charts_are_the_same_in_every_locale(String tag) {
    Locale.setDefault(Locale.ROOT);
    List<String> expected = texts().toList();
    Locale.setDefault(Locale.forLanguageTag(tag));
    assertThat(texts()).containsExactlyElementsOf(expected);
  }
}
