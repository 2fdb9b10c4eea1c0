package io.github.twinpool.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of Markdown, as far as its code and its links go.
 *
 * @param name how failures call it
 */
record MarkdownPage(String name, String text) {
  private static final Pattern FENCE = Pattern.compile(" *(```+|~~~+) *([^\\s`]*).*");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

  /** A fenced block and the line on which it begins. */
  record Block(String language, int line, List<String> lines) {}

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher opening = FENCE.matcher(lines.get(i));
      if (opening.matches()) {
        int begin = i + 1;
        do {
          i++;
        } while (i < lines.size() && !lines.get(i).strip().equals(opening.group(1)));
        String language = opening.group(2).toLowerCase(Locale.ROOT);
        blocks.add(new Block(language, begin, lines.subList(begin, Math.min(i, lines.size()))));
      }
    }
    return blocks;
  }

  /** The targets of links to files, without the part after {@code #}. */
  List<String> linkedFiles() {
    return LINK.matcher(text)
        .results()
        .map((MatchResult link) -> link.group(1))
        .filter(target -> !target.matches("[a-z]+:.*|#.*"))
        .map(target -> target.replaceFirst("#.*", ""))
        .toList();
  }
}
