package io.github.twinpool.cli;

import java.time.Duration;
import picocli.CommandLine.TypeConversionException;

/** Times as people type them: 90s, 5m, 1h. */
final class Times {
  private Times() {}

  static Duration parse(String text) {
    if (!text.matches("\\d{1,6}[smh]")) {
      throw new TypeConversionException("'" + text + "' is no time: 90s, 5m and 1h are");
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
