package io.github.twinpool.operations;

import java.time.Duration;

/** The bounds of what builders are given. */
final class Bounds {
  private Bounds() {}

  /** A time over zero, up to the longest. */
  static Duration time(String field, Duration value, Duration longest) {
    if (value.isNegative() || value.isZero() || value.compareTo(longest) > 0) {
      throw new IllegalArgumentException(field + " " + value + ": wants over 0 to " + longest);
    }
    return value;
  }
}
