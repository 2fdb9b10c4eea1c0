package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of outages has all of them, and each has a name, a method and a row. */
class OutageTableTest {
  private static final Path PAGE = Path.of("../docs/emulator-outages.md");
  private static final String BEGIN = "<!-- made of the code: begin -->\n";
  private static final String END = "<!-- made of the code: end -->";

  /** Parameters as a program would give them. */
  private static final Map<String, String> VALUES =
      Map.of("duration", "PT2S", "share", "0.3", "seed", "5", "status", "502");

  private static List<Method> factories() {
    return Arrays.stream(Outage.class.getDeclaredMethods())
        .filter(it -> Modifier.isPublic(it.getModifiers()) && Modifier.isStatic(it.getModifiers()))
        .toList();
  }

  private static Outage made(Method factory) throws ReflectiveOperationException {
    Object[] arguments =
        Arrays.stream(factory.getParameterTypes())
            .map(
                type ->
                    type == Duration.class
                        ? Duration.ofSeconds(2)
                        : type == double.class
                            ? (Object) 0.3
                            : type == long.class ? (Object) 5L : 502)
            .toArray();
    return (Outage) factory.invoke(null, arguments);
  }

  private static Outage named(OutageKind kind) {
    Map<String, String> values =
        VALUES.entrySet().stream()
            .filter(
                it ->
                    kind.parameters().stream()
                        .anyMatch(parameter -> parameter.label().equals(it.getKey())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return Outage.named(kind.label(), values);
  }

  @Test
  void each_outage_has_a_method_and_no_method_is_without_an_outage() throws Exception {
    for (Method factory : factories()) {
      Outage outage = made(factory);
      assertThat(named(outage.kind())).isEqualTo(outage);
      String name = factory.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      assertThat(outage.kind().label()).isEqualTo(name);
    }
    assertThat(factories()).hasSize(OutageKind.values().length);
  }

  @ParameterizedTest
  @EnumSource(OutageKind.class)
  void the_values_of_an_outage_make_it_again(OutageKind kind) {
    Outage outage = named(kind);
    assertThat(Outage.named(kind.label(), outage.values())).isEqualTo(outage);
  }

  @Test
  void the_javadoc_of_outage_has_each_in_its_table() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/io/github/twinpool/emulator/Outage.java"), UTF_8);
    String table = source.substring(source.indexOf("<table>"), source.indexOf("</table>"));
    assertThat(factories())
        .allSatisfy(it -> assertThat(table).contains("{@link #" + it.getName() + "("));
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder(
            """
            | outage | in Java | parameters | what a client sees | processed |
            |---|---|---|---|---|
            """);
    for (OutageKind kind : OutageKind.values()) {
      String method =
          factories().stream()
              .filter(
                  it -> it.getName().replaceAll("([A-Z])", "-$1").equalsIgnoreCase(kind.label()))
              .map(Method::getName)
              .findFirst()
              .orElseThrow();
      String parameters =
          kind.parameters().stream()
              .map(it -> "`" + it.label() + "`")
              .collect(Collectors.joining(", "));
      table
          .append("| `")
          .append(kind.label())
          .append("` | `Outage.")
          .append(method)
          .append(kind.parameters().isEmpty() ? "()" : "(…)")
          .append("` | ")
          .append(parameters)
          .append(parameters.isEmpty() ? "| " : " | ")
          .append(kind.seen())
          .append(" | ")
          .append(kind.processed())
          .append(" |\n");
    }
    return table.toString();
  }

  @Test
  void the_page_shows_the_table_of_all() throws IOException {
    String page = Files.readString(PAGE, UTF_8);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    if (Boolean.getBoolean("twinpool.write-docs")) {
      Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
    } else {
      assertThat(page.substring(begin, end))
          .as("run this test with -Dtwinpool.write-docs=true, and look at what it wrote")
          .isEqualTo(table());
    }
  }
}
