package io.github.twinpool.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Each command has a page, whose options are the command's. */
class CommandPagesTest {
  private static final Path PAGES = Path.of("../docs/cli");
  private static final String BEGIN = "<!-- made of the command: begin -->\n";
  private static final String END = "<!-- made of the command: end -->";

  /** All commands, and those below them, as they are typed. */
  static Stream<String> commands() {
    return below("", TwinpoolCommand.commandLine());
  }

  private static Stream<String> below(String typed, CommandLine line) {
    return line.getSubcommands().entrySet().stream()
        .filter(it -> !it.getKey().startsWith("generate"))
        .flatMap(
            it ->
                Stream.concat(
                    Stream.of(typed + it.getKey()),
                    below(typed + it.getKey() + " ", it.getValue())));
  }

  private static String file(String typed) {
    return typed.replace(' ', '-') + ".md";
  }

  private static String options(String typed) {
    CommandLine command = TwinpoolCommand.commandLine();
    for (String name : typed.split(" ", -1)) {
      command = command.getSubcommands().get(name);
    }
    String usage = command.getUsageMessage(Ansi.OFF);
    return "```text\n"
        + usage.lines().map(line -> line.stripTrailing() + "\n").reduce("", String::concat)
        + "```\n";
  }

  @ParameterizedTest
  @MethodSource("commands")
  void the_page_of_a_command_shows_its_options(String name) throws IOException {
    Path file = PAGES.resolve(file(name));
    String page = Files.readString(file, UTF_8);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    if (Boolean.getBoolean("twinpool.write-docs")) {
      Files.writeString(file, page.substring(0, begin) + options(name) + page.substring(end));
    } else {
      assertThat(page.substring(begin, end))
          .as("run this test with -Dtwinpool.write-docs=true, and look at what it wrote")
          .isEqualTo(options(name));
    }
    assertThat(page).startsWith("# twinpool " + name + "\n");
  }

  @Test
  void the_index_links_every_page() throws IOException {
    String index = Files.readString(PAGES.resolve("README.md"), UTF_8);
    assertThat(commands()).allSatisfy(name -> assertThat(index).contains("(" + file(name) + ")"));
  }
}
