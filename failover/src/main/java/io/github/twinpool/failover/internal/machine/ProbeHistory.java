package io.github.twinpool.failover.internal.machine;

import java.util.ArrayDeque;
import java.util.Deque;

/** The probes of one kind that one Region was sent. Times are awake time in nanoseconds. */
public final class ProbeHistory {
  public static final long NEVER = Long.MIN_VALUE / 4;

  private record Result(boolean alive, long startedAt) {}

  private final Deque<Result> results = new ArrayDeque<>();
  private boolean everAlive;
  private long outstandingId;
  private long outstandingSince = NEVER;
  private long lastStarted = NEVER;
  private long lastTook;
  private long lastAliveStarted = NEVER;

  public void started(long id, long now) {
    outstandingId = id;
    outstandingSince = now;
    lastStarted = now;
  }

  /** Ends a probe; one that was given up already counts no more. */
  public boolean ended(long id, boolean alive, long now) {
    if (!outstanding() || id != outstandingId) {
      return false;
    }
    results.addLast(new Result(alive, outstandingSince));
    if (results.size() > Thresholds.PROBES_REMEMBERED) {
      results.removeFirst();
    }
    lastTook = now - outstandingSince;
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

  void giveUpLost(long now) {
    ended(outstandingId, false, now);
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

  /** How many of the last probes failed. */
  public int failed() {
    return (int) results.stream().filter(it -> !it.alive()).count();
  }

  /** How long the last probe took that ended, or the outstanding one so far if that is longer. */
  long took(long now) {
    return outstanding() ? Math.max(lastTook, now - outstandingSince) : lastTook;
  }

  /**
   * Whether enough of the last probes that began at this time or later have failed.
   *
   * @param othersFailed failures that somebody else has seen
   */
  boolean mostFailedSince(long time, int othersFailed) {
    long failed = results.stream().filter(r -> !r.alive() && r.startedAt() >= time).count();
    return everAlive && failed > 0 && failed + othersFailed >= Thresholds.PROBES_FAILED;
  }
}
