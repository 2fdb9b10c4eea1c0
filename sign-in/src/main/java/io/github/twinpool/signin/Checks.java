package io.github.twinpool.signin;

import java.time.Duration;

/** What the builders of this module refuse alike. */
final class Checks {
  private static final Duration LONGEST_AHEAD = Duration.ofHours(24);

  private Checks() {}

  static String clientId(String clientId) {
    if (clientId.isBlank()) {
      throw new IllegalArgumentException("clientId: wants an app client's ID");
    }
    return clientId;
  }

  static Duration refreshAhead(Duration ahead) {
    return within("refreshAhead", ahead, LONGEST_AHEAD, "24 hours");
  }

  static Duration within(String field, Duration value, Duration most, String mostInWords) {
    if (value.isNegative() || value.isZero() || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          field + " " + value + ": wants more than 0, at most " + mostInWords);
    }
    return value;
  }
}
