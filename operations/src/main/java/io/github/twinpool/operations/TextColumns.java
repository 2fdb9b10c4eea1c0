package io.github.twinpool.operations;

/** Text for terminals of 80 columns. */
final class TextColumns {
  static final int WIDTH = 80;

  private TextColumns() {}

  /** A sentence in lines of at most 80 columns, where its words allow it. */
  static String wrapped(String sentence, String first, String next) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(first);
    boolean empty = true;
    for (String word : sentence.split(" ", -1)) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(next);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    return text.append(line).append('\n').toString();
  }
}
