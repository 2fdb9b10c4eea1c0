package io.github.twinpool.houserules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.houserules.PlainEnglish.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainEnglishTest {
  private static List<String> inMarkdown(String page) {
    return PlainEnglish.inMarkdown(page).stream().map(Finding::found).toList();
  }

  private static List<String> inJava(String code) {
    return PlainEnglish.inJava(code).stream().map(it -> it.line() + " " + it.found()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wants",
        "Wants",
        "asks for",
        "has a say",
        "have a say",
        "had no say",
        "whoever",
        "Whoever",
        "nobody",
        "somebody",
        "anybody",
        "shall"
      })
  void a_word_that_is_not_plain_is_found(String words) {
    assertThat(inMarkdown("The domain " + words + " a check.")).containsExactly(words);
    assertThat(inMarkdown(words + ".")).containsExactly(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "You want a check.",
        "It asks the Region.",
        "It asked for a check.",
        "They have to say so.",
        "A marshall.",
        "`it.nobody`",
        "nobody()",
        "nobodys_word",
        "who has ever"
      })
  void words_that_only_look_like_it_are_not_found(String text) {
    assertThat(inMarkdown(text)).isEmpty();
  }

  @Test
  void a_phrase_is_found_across_lines() {
    assertThat(inMarkdown("The domain asks\nfor a check.")).containsExactly("asks for");
    assertThat(inJava("/**\n * The domain asks\n * for a check.\n */"))
        .containsExactly("2 asks for");
    assertThat(inJava("x = \"The domain asks \"\n  + \"for a check\";"))
        .containsExactly("1 asks for");
  }

  @Test
  void two_texts_of_java_are_not_one() {
    assertThat(inJava("call(\"it asks\", \"for that\");")).isEmpty();
    assertThat(inJava("x = \"it asks\" + it + \" for that\";")).isEmpty();
    assertThat(inJava("/* it asks */ int x; // for that")).isEmpty();
  }

  @Test
  void comments_and_literals_of_java_are_read_and_its_code_is_not() {
    String code =
        """
        // nobody
        class Nobody { /* wants */ int wants = nobody; }
        char quote = '"'; int somebody;
        String escaped = "\\"whoever"; int anybody;
        String block = \"""
            a "somebody" here
            \"""; int shall;
        String address = "https://nobody/"; /** {@link Call#wants} */
        """;
    assertThat(inJava(code))
        .containsExactly("1 nobody", "2 wants", "4 whoever", "6 somebody", "8 nobody");
  }

  @Test
  void a_comment_that_does_not_end_ends_with_the_file() {
    assertThat(inJava("/* nobody")).containsExactly("1 nobody");
    assertThat(inJava("\"nobody")).containsExactly("1 nobody");
  }

  @Test
  void code_blocks_of_a_page_are_not_read() {
    assertThat(inMarkdown("nobody\n```java\n// wants\n| " + "x".repeat(200) + " |\n```\nshall"))
        .containsExactly("nobody", "shall");
  }

  @Test
  void a_table_cell_of_more_than_120_characters_is_found() {
    String fits = "x".repeat(120);
    assertThat(inMarkdown("| " + fits + " | " + fits + " |\n|---|---|")).isEmpty();
    assertThat(inMarkdown("| a \\| b |\n| " + fits + " | " + fits + "y |"))
        .containsExactly("x".repeat(40) + "...");
    assertThat(inMarkdown(fits + "y")).isEmpty();
  }

  @Test
  void a_finding_says_where_what_and_what_to_write_instead() {
    assertThat(PlainEnglish.inMarkdown("It\nshall.").get(0))
        .hasToString("line 2: \"shall\": say \"must\"");
  }
}
