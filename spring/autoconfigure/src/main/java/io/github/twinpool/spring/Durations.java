package io.github.twinpool.spring;

import java.time.Duration;

/** Bounds of durations that no builder checks. */
final class Durations {
  private Durations() {}

  static void requireOverride(Duration value) {
    require("maxOverride", value, Duration.ofDays(1));
  }

  static void requireRetryAfter(Duration value) {
    require("retryAfter", value, Duration.ofHours(1));
  }

  private static void require(String field, Duration value, Duration most) {
    if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(field + " " + value + ": wants PT1S to " + most);
    }
  }
}
