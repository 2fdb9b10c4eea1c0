package io.github.twinpool.houserules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what the house rules' section "Text: plain English" excludes, as far as a list of words
 * can: in a Markdown page, and in the comments and string literals of Java code.
 */
final class PlainEnglish {
  private static final int CELL = 120;

  /** Stands for code, which no phrase reaches across. */
  private static final char CODE = '\0';

  /** How comments and literals begin and end. */
  private static final Pattern MARKS = Pattern.compile("^(//|/\\*|\"\"\"|\")|(\\*/|\"\"\"|\")$");

  /** What is between two words of a phrase, also where a line or a literal ends between them. */
  private static final String GAP = "[\\s*+]+";

  private static final Map<Pattern, String> PHRASES =
      Map.of(
          phrase("wants"), "say \"must\" or \"needs\"",
          phrase("asks for"), "say \"requests\", \"needs\" or \"must\"",
          phrase("(has|have|had|having) (a|no|any) say"), "say what it decides",
          phrase("(whoever|nobody|somebody|anybody)"), "name the person or the part",
          phrase("shall"), "say \"must\"");

  /** Where something is, and what to do about it. */
  record Finding(int line, String found, String advice) {
    @Override
    public String toString() {
      return "line " + line + ": \"" + found + "\": " + advice;
    }
  }

  private PlainEnglish() {}

  private static Pattern phrase(String words) {
    return Pattern.compile(
        "(?<![\\w#.])" + words.replace(" ", GAP) + "(?!\\w|\\()", Pattern.CASE_INSENSITIVE);
  }

  static List<Finding> inMarkdown(String page) {
    String prose = withoutFences(page);
    List<Finding> findings = new ArrayList<>(inText(prose));
    String[] lines = prose.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].strip().startsWith("|")) {
        for (String cell : lines[i].strip().split("(?<!\\\\)\\|", -1)) {
          if (cell.strip().length() > CELL) {
            findings.add(
                new Finding(
                    i + 1,
                    cell.strip().substring(0, 40) + "...",
                    "a table cell of " + cell.strip().length() + " characters; at most " + CELL));
          }
        }
      }
    }
    return sorted(findings);
  }

  static List<Finding> inJava(String code) {
    return sorted(inText(textsOf(code)));
  }

  private static List<Finding> inText(String text) {
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<Pattern, String> phrase : PHRASES.entrySet()) {
      Matcher matcher = phrase.getKey().matcher(text);
      while (matcher.find()) {
        int line = (int) text.substring(0, matcher.start()).chars().filter(c -> c == '\n').count();
        String found = matcher.group().replaceAll(GAP, " ");
        findings.add(new Finding(line + 1, found, phrase.getValue()));
      }
    }
    return findings;
  }

  private static List<Finding> sorted(List<Finding> findings) {
    return findings.stream().sorted(Comparator.comparingInt(Finding::line)).toList();
  }

  /** Code blocks show code that is checked where it stands. */
  private static String withoutFences(String page) {
    boolean fenced = false;
    StringBuilder prose = new StringBuilder();
    for (String line : page.split("\n", -1)) {
      boolean fence = line.strip().startsWith("```");
      prose.append(fenced || fence ? CODE : line).append('\n');
      fenced ^= fence;
    }
    return prose.toString();
  }

  /** The same number of lines, with comments and literals only. Joined literals are one text. */
  private static String textsOf(String code) {
    StringBuilder texts = new StringBuilder();
    int at = 0;
    while (at < code.length()) {
      int end = endOfToken(code, at);
      String token = code.substring(at, end);
      if (token.length() > 1 && token.charAt(0) != '\'') {
        texts.append(MARKS.matcher(token).replaceAll(mark -> " ".repeat(mark.group().length())));
      } else {
        boolean joins = token.isBlank() || token.equals("+");
        texts.append(joins ? token : String.valueOf(CODE).repeat(token.length()));
      }
      at = end;
    }
    return texts.toString();
  }

  /** The end of the comment or literal that begins here, or of the one character of code. */
  private static int endOfToken(String code, int at) {
    if (code.startsWith("//", at)) {
      return end(code, "\n", at, 0);
    }
    if (code.startsWith("/*", at)) {
      return end(code, "*/", at + 2, 2);
    }
    if (code.startsWith("\"\"\"", at)) {
      return endOfLiteral(code, "\"\"\"", at + 3);
    }
    return switch (code.charAt(at)) {
      case '"' -> endOfLiteral(code, "\"", at + 1);
      case '\'' -> endOfLiteral(code, "'", at + 1);
      default -> at + 1;
    };
  }

  private static int end(String code, String mark, int from, int length) {
    int found = code.indexOf(mark, from);
    return found < 0 ? code.length() : found + length;
  }

  private static int endOfLiteral(String code, String mark, int from) {
    for (int at = from; at < code.length(); at++) {
      if (code.charAt(at) == '\\') {
        at++;
      } else if (code.startsWith(mark, at)) {
        return at + mark.length();
      }
    }
    return code.length();
  }
}
