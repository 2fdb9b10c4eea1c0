package io.github.twinpool.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** README and docs show only code that the build compiles, and link only what is there. */
class ReadmeTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @Test
  void every_java_block_stands_in_a_tagged_part_of_a_compiled_source() {
    assertThat(strangeBlocks(pages(), snippets())).isEmpty();
  }

  @Test
  void every_linked_file_is_there() {
    for (MarkdownPage page : pages()) {
      Path folder = ROOT.resolve(page.name()).getParent();
      assertThat(page.linkedFiles())
          .as("links of %s", page.name())
          .allMatch(target -> Files.exists(folder.resolve(target)));
    }
  }

  @Test
  void every_page_is_looked_at() {
    assertThat(pages())
        .extracting(MarkdownPage::name)
        .contains("README.md", "CONTRIBUTING.md", "docs/outage.md", "docs/defaults.md");
  }

  @Test
  void the_readme_shows_the_quick_start() {
    MarkdownPage readme = page(ROOT.resolve("README.md"));

    assertThat(readme.blocks())
        .anySatisfy(block -> assertThat(block.lines()).anyMatch(it -> it.contains("UserPool.of(")));
  }

  @Test
  void a_block_that_was_changed_in_one_place_only_is_found() {
    String changed =
        """
        # Page
        ```java
        call(2);
        ```
        """;

    assertThat(strangeBlocks(List.of(new MarkdownPage("page.md", changed)), sample()))
        .containsExactly("page.md:3");
  }

  @Test
  void code_outside_of_the_tags_does_not_count() {
    String untagged = "```java\nuntagged();\n```\n";

    assertThat(strangeBlocks(List.of(new MarkdownPage("page.md", untagged)), sample())).hasSize(1);
  }

  @Test
  void indentation_does_not_matter_and_parts_of_one_tag_are_one_snippet() {
    String block = "- item\n  ```java\n  call(1);\n  if (a) {\n    b();\n  }\n  ```\n";

    assertThat(strangeBlocks(List.of(new MarkdownPage("page.md", block)), sample())).isEmpty();
  }

  @Test
  void indentation_inside_of_a_block_does_matter() {
    String block = "```java\nif (a) {\nb();\n}\n```\n";

    assertThat(strangeBlocks(List.of(new MarkdownPage("page.md", block)), sample())).hasSize(1);
  }

  @Test
  void an_empty_block_is_no_code_that_the_build_compiles() {
    String block = "```java\n```\n";

    assertThat(strangeBlocks(List.of(new MarkdownPage("page.md", block)), sample())).hasSize(1);
  }

  @Test
  void blocks_of_other_languages_are_not_asked_for() {
    String blocks = "```sh\n./mvnw verify\n```\n~~~xml\n<java/>\n~~~\n```\ntext\n```\n";

    assertThat(strangeBlocks(List.of(new MarkdownPage("page.md", blocks)), sample())).isEmpty();
  }

  @Test
  void a_tag_that_never_ends_is_found() {
    assertThatIllegalStateException()
        .isThrownBy(() -> TaggedSource.snippets("// tag::one[]\ncall();\n"))
        .withMessage("never ends: one");
  }

  private static List<String> strangeBlocks(
      List<MarkdownPage> pages, Collection<List<String>> snippets) {
    List<String> strange = new ArrayList<>();
    for (MarkdownPage page : pages) {
      page.blocks().stream()
          .filter(block -> block.language().equals("java"))
          .filter(block -> snippets.stream().noneMatch(it -> isIn(it, block)))
          .forEach(block -> strange.add(page.name() + ":" + (block.line() + 1)));
    }
    return strange;
  }

  private static boolean isIn(List<String> snippet, MarkdownPage.Block block) {
    return TaggedSource.contains(snippet, block.lines());
  }

  private static Collection<List<String>> sample() {
    return TaggedSource.snippets(
            """
            untagged();
                // tag::one[]
                call(1);
                // end::one[]
                more();
                // tag::one[]
                if (a) {
                  b();
                }
                // end::one[]
            """)
        .values();
  }

  private static List<MarkdownPage> pages() {
    return Stream.concat(files(ROOT, 1), files(ROOT.resolve("docs"), 9))
        .filter(file -> file.toString().endsWith(".md"))
        .map(ReadmeTest::page)
        .toList();
  }

  private static MarkdownPage page(Path file) {
    return new MarkdownPage(ROOT.relativize(file).toString(), read(file));
  }

  /** Of tests, too: what a page shows of testing must run. */
  private static List<List<String>> snippets() {
    return Stream.of("examples", "examples/spring-boot", "examples/jetty")
        .flatMap(
            module ->
                Stream.of("src/main/java", "src/test/java")
                    .map(ROOT.resolve(module)::resolve)
                    .filter(Files::isDirectory)
                    .flatMap(folder -> files(folder, 99)))
        .filter(file -> file.toString().endsWith(".java"))
        .filter(file -> !file.endsWith("ReadmeTest.java")) // its tags are samples
        .flatMap(file -> TaggedSource.snippets(read(file)).values().stream())
        .toList();
  }

  private static Stream<Path> files(Path folder, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
