package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.RegionHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** When each Region is probed, and how. Times are awake time in nanoseconds. */
final class ProbeSchedule {
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
}
