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

  /** Starts the probes that are due. */
  void due(FailoverStateMachine machine, long now, Consumer<Effect> start) {
    for (Lane lane : lanes) {
      if (lane.role == RegionRole.SECONDARY && !machine.replicated()) {
        continue;
      }
      boolean closely = closely(lane.role, machine);
      ProbeHistory history = machine.evidence(lane.role).probe(lane.kind);
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
      if (now >= lane.due && wanted(lane, machine, now) && !history.outstanding()) {
        lane.due = now + pacing.probeInterval(closely);
        long id = ++lastId;
        machine.evidence(lane.role).probeStarted(lane.kind, id, now);
        start.accept(new Effect.Probe(id, lane.role, lane.kind));
      }
    }
  }

  /** Closely, while it is in doubt itself, or while the Region that it would have to replace is. */
  private static boolean closely(RegionRole role, FailoverStateMachine machine) {
    return machine.health(role) != RegionHealth.UP
        || machine.health(machine.mode().serving()) != RegionHealth.UP
        || (role == RegionRole.PRIMARY && machine.mode().name() == FailoverMode.FAILBACK);
  }

  /** The sign-in plane is asked only where its answer decides something. */
  private static boolean wanted(Lane lane, FailoverStateMachine machine, long now) {
    if (lane.kind == ProbeKind.JWKS) {
      return true;
    }
    RegionHealth health = machine.health(lane.role);
    boolean recovering = health == RegionHealth.DOWN || health == RegionHealth.NOT_SERVING;
    boolean compared = machine.evidence(machine.mode().serving()).slow(now);
    FailoverMode mode = machine.mode().name();
    boolean failback = mode == FailoverMode.SECONDARY || mode == FailoverMode.FAILBACK;
    return recovering || compared || (failback && lane.role == RegionRole.PRIMARY);
  }
}
