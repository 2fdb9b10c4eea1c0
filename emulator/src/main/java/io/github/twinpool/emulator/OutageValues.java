package io.github.twinpool.emulator;

import io.github.twinpool.emulator.OutageKind.Parameter;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values that an outage was asked for with, as texts. Each method has an {@link
 * IllegalArgumentException} for what is missing or malformed.
 *
 * @param outage what they are for
 */
record OutageValues(String outage, Map<String, String> values) {
  private static final String DEFAULT_SEED = "1";

  Duration duration() {
    return parsed(Parameter.DURATION, null, Duration::parse, "a duration such as PT2S");
  }

  double share() {
    return parsed(Parameter.SHARE, null, Double::valueOf, "a number from 0 to 1");
  }

  long seed() {
    return parsed(Parameter.SEED, DEFAULT_SEED, Long::valueOf, "an integer");
  }

  int status() {
    return parsed(Parameter.STATUS, null, Integer::valueOf, "a status of HTTP");
  }

  private <T> T parsed(
      Parameter parameter, @Nullable String otherwise, Function<String, T> parser, String wanted) {
    String text = values.getOrDefault(parameter.label(), otherwise);
    if (text == null) {
      throw new IllegalArgumentException(
          parameter.label() + ": '" + outage + "' must have it: " + wanted);
    }
    try {
      return parser.apply(text);
    } catch (DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException(
          parameter.label() + ": '" + text + "' is not " + wanted, e);
    }
  }
}
