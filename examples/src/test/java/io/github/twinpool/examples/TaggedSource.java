package io.github.twinpool.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The snippets of a source file: what stands between {@code // tag::name[]} and {@code //
 * end::name[]}. Parts of one name make one snippet.
 */
final class TaggedSource {
  private static final Pattern TAG = Pattern.compile("\\s*// (tag|end)::([a-z-]+)\\[]\\s*");

  private TaggedSource() {}

  static Map<String, List<String>> snippets(String source) {
    Map<String, List<String>> snippets = new LinkedHashMap<>();
    String open = null;
    for (String line : source.lines().toList()) {
      Matcher tag = TAG.matcher(line);
      if (!tag.matches()) {
        if (open != null) {
          snippets.get(open).add(line);
        }
      } else if (tag.group(1).equals("tag") && open == null) {
        open = tag.group(2);
        snippets.putIfAbsent(open, new ArrayList<>());
      } else if (tag.group(1).equals("end") && tag.group(2).equals(open)) {
        open = null;
      } else {
        throw new IllegalStateException("tags do not nest: " + line.strip());
      }
    }
    if (open != null) {
      throw new IllegalStateException("never ends: " + open);
    }
    return snippets;
  }

  /** Whether lines stand in a row in a snippet, whatever the indentation of either. */
  static boolean contains(List<String> snippet, List<String> lines) {
    List<String> block = flushLeft(lines);
    for (int i = 0; i + block.size() <= snippet.size(); i++) {
      if (flushLeft(snippet.subList(i, i + block.size())).equals(block)) {
        return !block.isEmpty();
      }
    }
    return false;
  }

  private static List<String> flushLeft(List<String> lines) {
    int margin =
        lines.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    return lines.stream()
        .map(line -> line.isBlank() ? "" : line.substring(margin).stripTrailing())
        .toList();
  }
}
