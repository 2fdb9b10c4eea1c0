package io.github.twinpool.houserules.bad;

import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.time.format.DateTimeFormatter;
import java.util.Formatter;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Ways to a text that is another one in another locale, and ways that are not. */
final class Locales {
  private Locales() {}

  static String format(int number) {
    return String.format("%d", number);
  }

  static String formatted(int number) {
    return "%d".formatted(number);
  }

  static void print(PrintStream out, int number) {
    out.printf("%d", number);
  }

  @SuppressWarnings("StringCaseLocaleUsage")
  static String lowerCase(String text) {
    return text.toLowerCase();
  }

  @SuppressWarnings("StringCaseLocaleUsage")
  static UnaryOperator<String> upperCaseReference() {
    return String::toUpperCase;
  }

  static String newFormatter(int number) {
    try (Formatter formatter = new Formatter()) {
      return formatter.format("%d", number).toString();
    }
  }

  static DateTimeFormatter date() {
    return DateTimeFormatter.ofPattern("d MMM");
  }

  static NumberFormat number() {
    return NumberFormat.getInstance();
  }

  static NumberFormat decimal() {
    return new DecimalFormat("0.0");
  }

  static Locale here() {
    return Locale.getDefault();
  }

  static String good(PrintStream out, String text, int number) {
    out.printf(Locale.ROOT, "%d", number);
    out.println(DateTimeFormatter.ofPattern("d MMM", Locale.ROOT));
    return String.format(Locale.ROOT, "%d", number) + text.toLowerCase(Locale.ROOT) + number;
  }
}
