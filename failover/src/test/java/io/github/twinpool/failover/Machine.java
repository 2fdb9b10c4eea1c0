package io.github.twinpool.failover;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A state machine in virtual time, with a tick every 50 ms and Regions that answer probes as told.
 */
final class Machine {
  static final long TICK = Duration.ofMillis(50).toNanos();
  static final OperationSupport SIGN_IN = OperationSupport.of("InitiateAuth");
  static final OperationSupport SIGN_UP = OperationSupport.of("SignUp");

  /**
   * How a Region answers a kind of probe; SILENT never does, and is given up after the time-out.
   */
  enum Answers {
    ALIVE,
    FAILED,
    SILENT,
    NOT_SERVING
  }

  private record Pending(Effect.Probe probe, long due, ProbeResult result) {}

  final FailoverStateMachine machine;
  final List<Transition> transitions = new ArrayList<>();
  final List<Effect.HealthChanged> healthChanges = new ArrayList<>();
  final List<Effect.Probe> probes = new ArrayList<>();
  private final Map<RegionRole, Map<ProbeKind, Answers>> answers = new EnumMap<>(RegionRole.class);
  private final List<Pending> pending = new ArrayList<>();
  private final Map<RegionRole, Long> probeTimes = new EnumMap<>(RegionRole.class);
  private long now;
  private long ids;

  Machine() {
    this(FailoverPolicy.defaults(), true, 1);
  }

  Machine(FailoverPolicy policy, boolean replicated, long seed) {
    machine = new FailoverStateMachine(policy, replicated, new Random(seed), 0);
    for (RegionRole role : RegionRole.values()) {
      answers.put(role, new EnumMap<>(ProbeKind.class));
      probesAnswer(role, Answers.ALIVE);
    }
  }

  void probesAnswer(RegionRole role, Answers how) {
    for (ProbeKind kind : ProbeKind.values()) {
      probesAnswer(role, kind, how);
    }
  }

  void probesAnswer(RegionRole role, ProbeKind kind, Answers how) {
    answers.get(role).put(kind, how);
  }

  long now() {
    return now;
  }

  /** Lets time pass, tick by tick. */
  void pass(Duration duration) {
    long end = now + duration.toNanos();
    while (now + TICK <= end) {
      now += TICK;
      machine.tick(now);
      takeEffects();
      endProbes();
    }
    now = end;
  }

  /** The process does not run for a while: no ticks, no events. */
  void pause(Duration duration) {
    now += duration.toNanos();
  }

  long start(RegionRole role) {
    machine.callStarted(role, ++ids, now);
    takeEffects();
    return ids;
  }

  void end(RegionRole role, long id, AttemptOutcome outcome) {
    machine.callEnded(role, id, outcome, now);
    takeEffects();
  }

  void call(RegionRole role, AttemptOutcome outcome) {
    end(role, start(role), outcome);
  }

  /** Calls that begin at a steady rate and end at once, for a while. */
  void calls(RegionRole role, AttemptOutcome outcome, Duration every, Duration forThisLong) {
    for (long t = 0; t < forThisLong.toNanos(); t += every.toNanos()) {
      call(role, outcome);
      pass(every);
    }
  }

  /** Calls that begin at a steady rate and hang. */
  void hangingCalls(RegionRole role, Duration every, Duration forThisLong) {
    for (long t = 0; t < forThisLong.toNanos(); t += every.toNanos()) {
      start(role);
      pass(every);
    }
  }

  FailoverMode mode() {
    return machine.mode().name();
  }

  Route route(OperationSupport operation) {
    return machine.route(Demand.of(operation), now);
  }

  void primaryDies() {
    probesAnswer(RegionRole.PRIMARY, Answers.FAILED);
    calls(
        RegionRole.PRIMARY,
        AttemptOutcome.REGIONAL_FAILURE,
        Duration.ofMillis(100),
        Duration.ofSeconds(2));
  }

  private void takeEffects() {
    for (Effect effect : machine.takeEffects()) {
      if (effect instanceof Effect.ModeChanged it) {
        transitions.add(it.transition());
      } else if (effect instanceof Effect.HealthChanged it) {
        healthChanges.add(it);
      } else if (effect instanceof Effect.Probe it) {
        probes.add(it);
        pending.add(pending(it));
      }
    }
  }

  /** How long a Region's probes take that are answered. */
  void probesTake(RegionRole role, Duration time) {
    probeTimes.put(role, time.toNanos());
  }

  private Pending pending(Effect.Probe probe) {
    long answered = now + probeTimes.getOrDefault(probe.role(), TICK);
    return switch (answers.get(probe.role()).get(probe.kind())) {
      case ALIVE -> new Pending(probe, answered, ProbeResult.ALIVE);
      case FAILED -> new Pending(probe, answered, ProbeResult.FAILED);
      case NOT_SERVING -> new Pending(probe, answered, ProbeResult.NOT_SERVING);
      case SILENT -> new Pending(probe, now + Thresholds.PROBE_TIMEOUT, ProbeResult.FAILED);
    };
  }

  private void endProbes() {
    Iterator<Pending> all = pending.iterator();
    List<Pending> due = new ArrayList<>();
    while (all.hasNext()) {
      Pending it = all.next();
      if (it.due() <= now) {
        all.remove();
        due.add(it);
      }
    }
    for (Pending it : due) {
      machine.probeEnded(it.probe().role(), it.probe().kind(), it.probe().id(), it.result(), now);
      takeEffects();
    }
  }
}
