package io.github.twinpool.houserules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A check against committed files that warns, until a property makes it fail or write the files.
 *
 * @param property the property's name
 * @param value its value: {@code warn}, {@code fail} or {@code write}
 * @param console gets the warnings
 */
record Check(String property, String value, Consumer<String> console) {
  Check {
    if (!List.of("warn", "fail", "write").contains(value)) {
      throw new IllegalArgumentException("-D" + property + "=" + value + ": warn, fail or write");
    }
  }

  /** The check as the command line has it; without the property it warns on the console. */
  static Check of(String property) {
    return new Check(property, System.getProperty(property, "warn"), System.err::println);
  }

  boolean writes() {
    return value.equals("write");
  }

  /** Tells what differs, and how to accept it. Says nothing if nothing differs. */
  void tell(List<String> differences, String accept) {
    if (differences.isEmpty()) {
      return;
    }
    String text =
        "%s\n%s, run the tests of house-rules with -D%s=write (see CONTRIBUTING.md)"
            .formatted(String.join("\n", differences), accept, property);
    if (value.equals("fail")) {
      throw new AssertionError(text);
    }
    console.accept("[WARNING] " + text.replace("\n", "\n[WARNING] "));
  }

  /** The lines of a file, without comments; none if it is not there. */
  static List<String> read(Path file) throws IOException {
    return Files.exists(file)
        ? Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList()
        : List.of();
  }

  static void write(Path file, String head, List<String> lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "# " + head + "\n" + String.join("\n", lines) + "\n");
  }
}
