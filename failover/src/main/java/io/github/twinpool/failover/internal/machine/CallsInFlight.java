package io.github.twinpool.failover.internal.machine;

import java.util.LinkedHashMap;
import java.util.Map;

/** The attempts at one Region that have not ended, the oldest first. Times are awake time. */
final class CallsInFlight {
  private final Map<Long, Long> startedAt = new LinkedHashMap<>();

  void started(long id, long now) {
    startedAt.put(id, now);
  }

  /** Ends one; the result is how long it took, 0 if it is not known here. */
  long ended(long id, long now) {
    Long start = startedAt.remove(id);
    return start == null ? 0 : now - start;
  }

  int count() {
    return startedAt.size();
  }

  /** The age of the oldest; 0 if there is none. */
  long oldest(long now) {
    for (long start : startedAt.values()) {
      return now - start;
    }
    return 0;
  }

  /** How many of at least this age began after that time. */
  int ofAge(long age, long after, long now) {
    int count = 0;
    for (long start : startedAt.values()) {
      if (now - start < age) {
        break;
      }
      if (start > after) {
        count++;
      }
    }
    return count;
  }
}
