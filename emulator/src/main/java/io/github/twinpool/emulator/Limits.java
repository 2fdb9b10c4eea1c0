package io.github.twinpool.emulator;

import java.time.Duration;

/** The limits of what an emulator can be told. Each method returns the value it has found good. */
final class Limits {
  private static final int LAST_PORT = 65_535;
  private static final Duration LONGEST = Duration.ofDays(1);

  private Limits() {}

  static int port(String field, int port) {
    if (port < 0 || port > LAST_PORT) {
      throw new IllegalArgumentException(field + ": " + port + " is not from 0 to " + LAST_PORT);
    }
    return port;
  }

  static Duration duration(String field, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(field + ": " + value + " is not from 0 to 1 day");
    }
    return value;
  }
}
