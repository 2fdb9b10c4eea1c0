package io.github.twinpool.examples;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the demo does, and for how long.
 *
 * @param rate sign-ins a second of each client; refreshes and validations are as many
 * @param healthy how long both Regions answer at first
 * @param outage how long the primary hangs
 * @param recovery how long the demo waits at most for the return to the primary
 * @param secondaryLatency what the way to the other Region adds to every call there
 * @param report where the HTML report goes
 */
record DemoPlan(
    int rate,
    Duration healthy,
    Duration outage,
    Duration recovery,
    Duration secondaryLatency,
    Path report) {

  static final String USAGE =
      """
      Options (a duration is a number with ms, s or m):
        --rate N              sign-ins a second of each client, 1 to 200 (default 10);
                              refreshes and token validations are as many
        --healthy DURATION    both Regions answer (default 5s)
        --outage DURATION     the primary Region hangs (default 15s)
        --recovery DURATION   at most so long until Twinpool is back (default 60s)
        --latency DURATION    what the way to the secondary adds (default 70ms)
        --report FILE         where the report goes (default target/outage-report.html)
        --help                this text""";

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m)");
  private static final Duration LONGEST = Duration.ofMinutes(10);

  DemoPlan {
    if (rate < 1 || rate > 200) {
      throw new IllegalArgumentException("--rate '" + rate + "': wants 1 to 200");
    }
    within("--healthy", healthy, Duration.ofMillis(500));
    within("--outage", outage, Duration.ofMillis(500));
    within("--recovery", recovery, Duration.ofMillis(500));
    within("--latency", secondaryLatency, Duration.ZERO);
  }

  /** The plan of the README. */
  static DemoPlan defaults() {
    return new DemoPlan(
        10,
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(60),
        Duration.ofMillis(70),
        Path.of("target", "outage-report.html"));
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if an option is unknown, has no value or a bad one; the
   *     message names both
   */
  static DemoPlan parse(List<String> arguments) {
    DemoPlan plan = defaults();
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      if (!option.matches("--(rate|healthy|outage|recovery|latency|report)")) {
        throw new IllegalArgumentException("'" + option + "' is not an option");
      }
      if (!rest.hasNext()) {
        throw new IllegalArgumentException(option + " wants a value");
      }
      plan = plan.with(option, rest.next());
    }
    return plan;
  }

  /** The time from one sign-in of a client to its next. */
  Duration period() {
    return Duration.ofSeconds(1).dividedBy(rate);
  }

  private DemoPlan with(String option, String value) {
    return switch (option) {
      case "--rate" ->
          new DemoPlan(number(option, value), healthy, outage, recovery, secondaryLatency, report);
      case "--healthy" ->
          new DemoPlan(rate, duration(option, value), outage, recovery, secondaryLatency, report);
      case "--outage" ->
          new DemoPlan(rate, healthy, duration(option, value), recovery, secondaryLatency, report);
      case "--recovery" ->
          new DemoPlan(rate, healthy, outage, duration(option, value), secondaryLatency, report);
      case "--latency" ->
          new DemoPlan(rate, healthy, outage, recovery, duration(option, value), report);
      default ->
          new DemoPlan(rate, healthy, outage, recovery, secondaryLatency, path(option, value));
    };
  }

  private static int number(String option, String value) {
    if (!value.matches("[0-9]{1,6}")) {
      throw new IllegalArgumentException(option + " '" + value + "': not a whole number");
    }
    return Integer.parseInt(value);
  }

  private static Duration duration(String option, String value) {
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          option + " '" + value + "': not a duration like 500ms, 15s or 2m");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }

  private static Path path(String option, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(option + " '" + value + "': not a path", e);
    }
  }

  private static void within(String option, Duration value, Duration shortest) {
    if (value.compareTo(shortest) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          option
              + " '"
              + Figures.of(value)
              + "': wants "
              + Figures.of(shortest)
              + " to "
              + Figures.of(LONGEST));
    }
  }
}
