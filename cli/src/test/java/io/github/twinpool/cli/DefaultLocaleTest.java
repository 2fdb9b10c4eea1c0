package io.github.twinpool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
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

  private static String printed(String command) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    TwinpoolCommand.commandLine().setOut(writer).setErr(writer).execute(command.split(" "));
    return out.toString();
  }

  private static Stream<String> texts() {
    return Stream.of("cost --users 100000", "regions", "--help", "setup --help", "cost --users x")
        .map(DefaultLocaleTest::printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "mr-IN"})
  void what_is_printed_is_the_same_in_every_locale(String tag) {
    Locale.setDefault(Locale.ROOT);
    List<String> expected = texts().toList();
    Locale.setDefault(Locale.forLanguageTag(tag));
    assertThat(texts()).containsExactlyElementsOf(expected);
  }
}
