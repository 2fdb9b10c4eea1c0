package io.github.twinpool.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;

/**
 * Holds back what is printed to {@code System.out} by others, a log line for one, while a table is
 * drawn over itself there.
 */
final class ForeignLines implements AutoCloseable {
  private final PrintStream before;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();

  private ForeignLines(PrintStream before) {
    this.before = before;
  }

  /** Holds back from now on until {@link #close()}. */
  static ForeignLines hold() {
    ForeignLines lines = new ForeignLines(System.out);
    System.setOut(new PrintStream(lines.held, true, Charset.defaultCharset()));
    return lines;
  }

  /** The lines since the last time. */
  List<String> take() {
    synchronized (held) {
      String text = held.toString(Charset.defaultCharset());
      held.reset();
      return text.lines().toList();
    }
  }

  @Override
  public void close() {
    System.setOut(before);
  }
}
