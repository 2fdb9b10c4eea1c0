package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.RegionHealth;
import io.github.twinpool.failover.internal.machine.FailoverStateMachine.Effect;
import io.github.twinpool.failover.internal.machine.Mode.Pacing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** When each Region is probed, and how. Times are awake time in nanoseconds. */
public final class ProbeSchedule {
  private static final class Lane {
    private final RegionRole role;
    private final ProbeKind kind;
    private long due;
    private boolean watchedClosely;

    Lane(RegionRole role, ProbeKind kind, long due) {
      this.role = role;
      this.kind = kind;
      this.due = due;
    }
  }

  private final List<Lane> lanes = new ArrayList<>();
  private final Pacing pacing;
  private long lastId;

  ProbeSchedule(Pacing pacing, long start) {
    this.pacing = pacing;
    for (RegionRole role : RegionRole.values()) {
      for (ProbeKind kind : ProbeKind.values()) {
        lanes.add(new Lane(role, kind, start));
      }
    }
  }

  /**
   * Begins the probes that are due, and notes them in the evidence.
   *
   * @param mode the mode, which says whose answers decide something
   */
  void begin(Situation situation, Mode mode, Consumer<Effect> start) {
    long now = situation.now();
    for (Lane lane : lanes) {
      if (lane.role == RegionRole.SECONDARY && !situation.replicated()) {
        continue;
      }
      boolean closely = closely(lane.role, situation, mode);
      ProbeHistory history = situation.region(lane.role).probe(lane.kind);
      if (closely && !lane.watchedClosely) {
        // Both Regions at once: whether the other one answers is half of the decision.
        // One that has failed itself is asked again at the usual pace: two failures within a moment
        // are one hiccup.
        long gap =
            history.lastFailedSince(ProbeHistory.NEVER)
                ? pacing.probeInterval(true)
                : Thresholds.PROBE_GAP;
        lane.due = Math.min(lane.due, history.lastStarted() + gap);
      }
      lane.watchedClosely = closely;
      if (now >= lane.due && wanted(lane, situation, mode) && !history.outstanding()) {
        lane.due = now + pacing.probeInterval(closely);
        long id = ++lastId;
        history.started(id, now);
        start.accept(new Effect.Probe(id, lane.role, lane.kind));
      }
    }
  }

  /** Closely, while it is in doubt itself, or while the Region that it would have to replace is. */
  private static boolean closely(RegionRole role, Situation situation, Mode mode) {
    long now = situation.now();
    return situation.region(role).health(now) != RegionHealth.UP
        || situation.region(mode.serving()).health(now) != RegionHealth.UP
        || (role == RegionRole.PRIMARY && mode.name() == FailoverMode.FAILBACK);
  }

  /** The sign-in plane is asked only where its answer decides something. */
  private static boolean wanted(Lane lane, Situation situation, Mode mode) {
    if (lane.kind == ProbeKind.JWKS) {
      return true;
    }
    long now = situation.now();
    RegionHealth health = situation.region(lane.role).health(now);
    boolean recovering = health == RegionHealth.DOWN || health == RegionHealth.NOT_SERVING;
    boolean compared = situation.region(mode.serving()).slow(now);
    boolean failback =
        mode.name() == FailoverMode.SECONDARY || mode.name() == FailoverMode.FAILBACK;
    return recovering || compared || (failback && lane.role == RegionRole.PRIMARY);
  }

  /** The probes of one kind that one Region was sent. Times are awake time in nanoseconds. */
  public static final class ProbeHistory {
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

    /** It was not made after all. */
    void notMade(long id) {
      if (id == outstandingId) {
        outstandingSince = NEVER;
      }
    }

    boolean outstanding() {
      return outstandingSince != NEVER;
    }

    /** Whether the outstanding probe's own time-out is long over: what ran it has died. */
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

    /** Whether the last probe was answered that began after this time, and none hangs. */
    boolean answers(long after, long now) {
      boolean hangs = outstanding() && now - outstandingSince >= Thresholds.SILENT_PROBE;
      return aliveSince(after) && !hangs && results.getLast().alive();
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
     * @param othersFailed failures that a health check outside has seen
     */
    boolean mostFailedSince(long time, int othersFailed) {
      long failed = results.stream().filter(r -> !r.alive() && r.startedAt() >= time).count();
      return everAlive && failed > 0 && failed + othersFailed >= Thresholds.PROBES_FAILED;
    }
  }
}
