package io.github.twinpool.token;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a warning about something that lasts is due: at once, after a minute, and then at intervals
 * that double up to an hour. Thread-safe.
 */
final class WarningPace {
  private static final long FIRST = Duration.ofMinutes(1).toNanos();
  private static final long LONGEST = Duration.ofHours(1).toNanos();

  private final Map<String, Trouble> troubles = new HashMap<>();

  private record Trouble(long since, long next, long interval) {}

  /**
   * Whether to warn now.
   *
   * @param what the trouble; a closed set of names
   * @param now elapsed time
   */
  synchronized boolean isDue(String what, long now) {
    Trouble trouble = troubles.get(what);
    if (trouble == null) {
      troubles.put(what, new Trouble(now, now + FIRST, FIRST));
      return true;
    }
    if (now - trouble.next() < 0) {
      return false;
    }
    long interval = Math.min(2 * trouble.interval(), LONGEST);
    troubles.put(what, new Trouble(trouble.since(), now + interval, interval));
    return true;
  }

  /** How long a trouble lasted that is over, null if there was none. */
  synchronized @Nullable Duration over(String what, long now) {
    Trouble trouble = troubles.remove(what);
    return trouble == null ? null : Duration.ofNanos(now - trouble.since());
  }
}
