package io.github.twinpool.examples;

import java.time.Duration;
import java.util.Locale;

/** How the demo prints times: three figures at most, in milliseconds or seconds. */
final class Figures {
  private static final double MILLI = 1e6;
  private static final double SECOND = 1e9;

  private Figures() {}

  static String of(Duration duration) {
    return ofNanos(duration.toNanos());
  }

  static String ofNanos(long nanos) {
    return nanos < 0.9995 * SECOND
        ? threeFigures(nanos / MILLI) + " ms"
        : threeFigures(nanos / SECOND) + " s";
  }

  private static String threeFigures(double value) {
    int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
