package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.CallReport.Reason;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call that is ready to be sent. */
interface PreparedCall {
  RoutingNeeds needs();

  Limits limits();

  /** Why its first attempt is made. */
  default Reason reason() {
    return Reason.FIRST;
  }

  /** Whether the request has this text in a value that may be a stranger's. */
  default boolean carries(String text) {
    return false;
  }

  /** What the caller gets of a Region's answer. */
  default Object answer(RegionRole role, Object answer) {
    return answer;
  }

  /**
   * The caller's time limits, where they have any.
   *
   * @param call for the call as a whole
   * @param attempt for each attempt
   * @param ofUser whether the first is the user's, so that the SDK keeps to it, too
   */
  record Limits(Duration call, @Nullable Duration attempt, boolean ofUser) {
    /** Longer limits than this are none; it keeps arithmetic with them safe. */
    private static final Duration LONGEST = Duration.ofDays(365);

    long callNanos() {
      return nanos(call);
    }

    long attemptNanos() {
      return attempt == null ? LONGEST.toNanos() : nanos(attempt);
    }

    private static long nanos(Duration limit) {
      return (limit.compareTo(LONGEST) < 0 ? limit : LONGEST).toNanos();
    }
  }
}
