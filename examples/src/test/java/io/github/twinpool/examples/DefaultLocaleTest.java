package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
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

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "mr-IN"})
  void reports_and_charts_are_the_same_in_every_locale(String tag) {
    DemoResult result = SyntheticRun.of(7);
    Locale.setDefault(Locale.ROOT);
    String page = HtmlReport.render(result);
    String table = String.join("\n", SummaryTable.lines(result));
    Locale.setDefault(Locale.forLanguageTag(tag));
    assertThat(HtmlReport.render(result)).isEqualTo(page);
    assertThat(String.join("\n", SummaryTable.lines(result))).isEqualTo(table);
  }
}
