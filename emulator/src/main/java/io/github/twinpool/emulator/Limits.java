package io.github.twinpool.emulator;

import java.time.Duration;
import java.util.regex.Pattern;

/** The limits of what an emulator can be told. Each method returns the value it has found good. */
final class Limits {
  private static final int LAST_PORT = 65_535;
  private static final Pattern CLIENT_ID = Pattern.compile("[\\w+]{1,128}");
  private static final Pattern CLIENT_SECRET = Pattern.compile("[\\w+]{24,64}");
  private static final Duration LONGEST = Duration.ofDays(1);

  private Limits() {}

  static int port(String field, int port) {
    if (port < 0 || port > LAST_PORT) {
      throw new IllegalArgumentException(field + ": " + port + " is not from 0 to " + LAST_PORT);
    }
    return port;
  }

  static String clientId(String field, String id) {
    if (!CLIENT_ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          field + " '" + id + "': not 1 to 128 letters, digits, _ and +");
    }
    return id;
  }

  /** The complaint does not repeat the value. */
  static String clientSecret(String field, String secret) {
    if (!CLIENT_SECRET.matcher(secret).matches()) {
      throw new IllegalArgumentException(field + ": not 24 to 64 letters, digits, _ and +");
    }
    return secret;
  }

  static Duration duration(String field, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(field + ": " + value + " is not from 0 to 1 day");
    }
    return value;
  }
}
