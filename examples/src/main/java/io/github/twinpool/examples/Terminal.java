package io.github.twinpool.examples;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** What the place that the demo prints to can do. */
final class Terminal {
  private Terminal() {}

  /**
   * A table that is drawn over itself where that works, else plain lines.
   *
   * @param console the JVM's, if it has one
   * @param type the environment's TERM, if there is one
   */
  static LiveView view(@Nullable Console console, @Nullable String type, PrintStream out) {
    boolean redraws = isTerminal(console) && type != null && !type.equals("dumb");
    return redraws ? new LiveTable(out, ForeignLines.hold()) : new PlainLines(out);
  }

  /** The text with plainer signs where the terminal lacks some. */
  static String plainer(String line) {
    return Charset.defaultCharset().newEncoder().canEncode(line) ? line : line.replace("→", "->");
  }

  /** Since Java 22 there is a console even where there is no terminal, and a method that tells. */
  private static boolean isTerminal(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
