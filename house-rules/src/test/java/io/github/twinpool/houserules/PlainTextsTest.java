package io.github.twinpool.houserules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.houserules.PlainEnglish.Finding;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Texts get no less plain than they were: per file at most as many findings as {@code
 * plain-english-baseline.txt} lists. It warns, fails with {@code -Dtwinpool.plain-english=fail},
 * and writes the baseline anew with {@code -Dtwinpool.plain-english=write}.
 */
class PlainTextsTest {
  private static final String HEAD =
      "Findings of PlainEnglish per file. A file that is not here has none. Lower it, never raise"
          + " it.";
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules", "api");

  /** How many findings of one file are shown. */
  private static final int SHOWN = 10;

  @Test
  void texts_hold_no_more_findings_than_the_baseline() throws IOException {
    Path baseline =
        Project.root().resolve("house-rules/src/test/resources/plain-english-baseline.txt");
    check(Check.of("twinpool.plain-english"), Project.root(), baseline);
  }

  @Test
  void pages_and_main_sources_are_read_and_nothing_else(@TempDir Path root) throws IOException {
    for (String file :
        List.of(
            "README.md",
            "docs/a.md",
            "core/src/main/java/A.java",
            "core/src/test/java/B.java",
            "core/src/main/resources/c.txt",
            "core/target/d.md",
            ".git/e.md")) {
      write(root, file, "// nobody");
    }
    assertThat(findings(root))
        .containsOnlyKeys("README.md", "core/src/main/java/A.java", "docs/a.md");
  }

  @Test
  void a_file_with_more_findings_than_its_baseline_is_told(@TempDir Path root) throws IOException {
    Path baseline = root.resolve("baseline.txt");
    write(root, "old.md", "nobody");
    check(new Check("english", "write", text -> {}), root, baseline);
    List<String> told = new ArrayList<>();
    Check warning = new Check("english", "warn", told::add);
    check(warning, root, baseline);
    assertThat(told).isEmpty();

    write(root, "old.md", "nobody\nshall");
    write(root, "new.md", "whoever");
    check(warning, root, baseline);
    assertThat(told).hasSize(1);
    assertThat(told.get(0))
        .contains("new.md: 1 findings, and 0 in the baseline:", "line 1: \"whoever\"")
        .contains("old.md: 2 findings, and 1 in the baseline:", "line 2: \"shall\"")
        .contains("-Denglish=write");
    assertThatThrownBy(() -> check(new Check("english", "fail", told::add), root, baseline))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("new.md");
  }

  @Test
  void a_file_with_fewer_findings_passes_and_lowers_the_baseline_when_it_is_written(
      @TempDir Path root) throws IOException {
    Path baseline = root.resolve("baseline.txt");
    write(root, "a.md", "nobody, whoever");
    write(root, "b.md", "nobody");
    check(new Check("english", "write", text -> {}), root, baseline);
    assertThat(Check.read(baseline)).containsExactly("2 a.md", "1 b.md");
    write(root, "a.md", "nobody");
    write(root, "b.md", "");
    check(new Check("english", "fail", text -> {}), root, baseline);
    check(new Check("english", "write", text -> {}), root, baseline);
    assertThat(Check.read(baseline)).containsExactly("1 a.md");
  }

  @Test
  void a_switch_that_is_misspelt_is_an_error() {
    assertThatThrownBy(() -> new Check("english", "fial", text -> {}))
        .hasMessage("-Denglish=fial: warn, fail or write");
  }

  private static void write(Path root, String file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), text);
  }

  private static void check(Check check, Path root, Path baseline) throws IOException {
    Map<String, List<Finding>> findings = findings(root);
    if (check.writes()) {
      List<String> lines = new ArrayList<>();
      findings.forEach((file, found) -> lines.add(found.size() + " " + file));
      Check.write(baseline, HEAD, lines);
    }
    Map<String, Integer> allowed =
        Check.read(baseline).stream()
            .map(line -> line.split(" ", 2))
            .filter(line -> line.length == 2)
            .collect(Collectors.toMap(line -> line[1], line -> Integer.parseInt(line[0])));
    List<String> risen = new ArrayList<>();
    findings.forEach(
        (file, found) -> {
          int before = allowed.getOrDefault(file, 0);
          if (found.size() > before) {
            risen.add(
                "%s: %d findings, and %d in the baseline:".formatted(file, found.size(), before));
            found.stream().limit(SHOWN).map(it -> "  " + it).forEach(risen::add);
          }
        });
    check.tell(risen, "Write it in plain English. To set the baseline to what is there");
  }

  /** By file, the files without any left out. */
  private static Map<String, List<Finding>> findings(Path root) throws IOException {
    Map<String, List<Finding>> all = new TreeMap<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean skipped = NOT_OURS.contains(name) || name.startsWith(".");
            return skipped && !folder.equals(root)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            String file = root.relativize(path).toString().replace('\\', '/');
            List<Finding> found = List.of();
            if (file.endsWith(".md")) {
              found = PlainEnglish.inMarkdown(Files.readString(path));
            } else if (file.endsWith(".java") && file.contains("src/main/java/")) {
              found = PlainEnglish.inJava(Files.readString(path));
            }
            if (!found.isEmpty()) {
              all.put(file, found);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return all;
  }
}
