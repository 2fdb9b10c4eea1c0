package io.github.twinpool.failover;

import java.util.ArrayDeque;
import java.util.Deque;

/** The probes of one kind that one Region was sent. Times are awake time in nanoseconds. */
final class ProbeHistory {
  static final long NEVER = Long.MIN_VALUE / 4;

  private record Result(boolean alive, long startedAt) {}

  private final Deque<Result> results = new ArrayDeque<>();
  private boolean everAlive;
  private long outstandingId;
  private long outstandingSince = NEVER;
  private long lastStarted = NEVER;
  private long lastAliveStarted = NEVER;

  void started(long id, long now) {
    outstandingId = id;
    outstandingSince = now;
    lastStarted = now;
  }

  /** Ends a probe; one that was given up already counts no more. */
  boolean ended(long id, boolean alive) {
    if (!outstanding() || id != outstandingId) {
      return false;
    }
    results.addLast(new Result(alive, outstandingSince));
    if (results.size() > Thresholds.PROBES_REMEMBERED) {
      results.removeFirst();
    }
    if (alive) {
      everAlive = true;
      lastAliveStarted = outstandingSince;
    }
    outstandingSince = NEVER;
    return true;
  }

  boolean outstanding() {
    return outstandingSince != NEVER;
  }

  /** Whether the outstanding probe's own time-out is long over: whoever ran it has died. */
  boolean lost(long now) {
    return outstanding() && now - outstandingSince > 2 * Thresholds.PROBE_TIMEOUT;
  }

  void giveUpLost() {
    ended(outstandingId, false);
  }

  long lastStarted() {
    return lastStarted;
  }

  /** A probe that never succeeded says more about its path than about the Region. */
  boolean votes() {
    return everAlive;
  }

  boolean aliveSince(long time) {
    return lastAliveStarted >= time;
  }

  /** Whether the last probe began at this time or later, and failed. */
  boolean lastFailedSince(long time) {
    return everAlive
        && !results.isEmpty()
        && !results.getLast().alive()
        && results.getLast().startedAt() >= time;
  }

  /** Whether the last probe failed that began at this time or later, or none answers just now. */
  boolean silentSince(long time, long now) {
    boolean unanswered = outstanding() && now - outstandingSince >= Thresholds.SILENT_PROBE;
    return everAlive && (unanswered || lastFailedSince(time));
  }

  /** Whether enough of the last probes that began at this time or later have failed. */
  boolean mostFailedSince(long time) {
    long failed = results.stream().filter(r -> !r.alive() && r.startedAt() >= time).count();
    return everAlive && failed >= Thresholds.PROBES_FAILED;
  }
}
