package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.Advice;
import io.github.twinpool.failover.AttemptOutcome;
import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.RegionHealth;
import io.github.twinpool.failover.Transition;
import io.github.twinpool.failover.internal.machine.Effect;
import io.github.twinpool.failover.internal.machine.FailoverStateMachine;
import io.github.twinpool.failover.internal.machine.ProbeKind;
import io.github.twinpool.failover.internal.machine.ProbeResult;
import io.github.twinpool.failover.internal.machine.Route;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import io.github.twinpool.failover.internal.machine.Thresholds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A state machine in virtual time, with a tick every 50 ms and Regions that answer probes as told.
 * What is due at the same moment happens in this order: the tick, then the rest in the order in
 * which it was scheduled.
 */
final class Machine {
  static final long TICK = Duration.ofMillis(50).toNanos();
  static final OperationSupport SIGN_IN = OperationSupport.of("InitiateAuth");
  static final OperationSupport SIGN_UP = OperationSupport.of("SignUp");

  /** How a Region answers a kind of probe. */
  enum Answers {
    ALIVE,
    FAILED,
    /** Never, so that it fails by its time-out. */
    SILENT,
    NOT_SERVING,
    /** Whoever ran the probe has died: no result at all. */
    LOST
  }

  private record Scheduled(long due, long order, Runnable step) {}

  final FailoverStateMachine machine;

  /** The same machine as its owner drives it, for a router. */
  final GuardedFailover engine;

  /** Runs what the router hands over. */
  final VirtualTime time = new VirtualTime();

  final List<Transition> transitions = new ArrayList<>();
  final List<Effect.HealthChanged> healthChanges = new ArrayList<>();
  final List<Effect.Probe> probes = new ArrayList<>();
  private final Map<RegionRole, Map<ProbeKind, Answers>> answers = new EnumMap<>(RegionRole.class);
  private final Map<RegionRole, Map<ProbeKind, Long>> probeTimes = new EnumMap<>(RegionRole.class);
  private final PriorityQueue<Scheduled> queue =
      new PriorityQueue<>(
          Comparator.comparingLong(Scheduled::due).thenComparingLong(Scheduled::order));
  private final List<Runnable> afterTick = new ArrayList<>();
  private Runnable watcher = () -> {};
  private long tickEvery = TICK;
  private long nextTick;
  private long now;
  private long ids;
  private long scheduled;

  Machine() {
    this(FailoverPolicy.defaults(), true, 1);
  }

  Machine(FailoverPolicy policy, boolean replicated, long seed) {
    machine = new FailoverStateMachine(policy, replicated, new Random(seed), 0);
    FailoverListener listener = listener();
    engine =
        new GuardedFailover(
            replicated ? Router.POOL : UserPool.of("us-east-1_EXAMPLE"),
            machine,
            () -> now,
            this::probe,
            event -> event.accept(listener));
    nextTick = tickEvery;
    for (RegionRole role : RegionRole.values()) {
      answers.put(role, new EnumMap<>(ProbeKind.class));
      probeTimes.put(role, new EnumMap<>(ProbeKind.class));
      probesAnswer(role, Answers.ALIVE);
    }
  }

  private FailoverListener listener() {
    return new FailoverListener() {
      @Override
      public void onTransition(Transition transition) {
        transitions.add(transition);
        watcher.run();
      }

      @Override
      public void onHealthChange(
          RegionRole role, RegionHealth from, RegionHealth to, String reason) {
        healthChanges.add(new Effect.HealthChanged(role, from, to, reason));
      }
    };
  }

  void probesAnswer(RegionRole role, Answers how) {
    for (ProbeKind kind : ProbeKind.values()) {
      probesAnswer(role, kind, how);
    }
  }

  void probesAnswer(RegionRole role, ProbeKind kind, Answers how) {
    answers.get(role).put(kind, how);
  }

  /** How long a Region's probes take that are answered. */
  void probesTake(RegionRole role, Duration time) {
    for (ProbeKind kind : ProbeKind.values()) {
      probesTake(role, kind, time);
    }
  }

  void probesTake(RegionRole role, ProbeKind kind, Duration time) {
    probeTimes.get(role).put(kind, time.toNanos());
  }

  long now() {
    return now;
  }

  /** Runs something after every tick, as the router does. */
  void afterTick(Runnable step) {
    afterTick.add(step);
  }

  /** Ticks come late from now on: a starving process. */
  void tickEvery(Duration period) {
    tickEvery = period.toNanos();
    nextTick = now + tickEvery;
  }

  /** Runs something later. */
  void schedule(long nanosFromNow, Runnable step) {
    queue.add(new Scheduled(now + nanosFromNow, scheduled++, step));
  }

  /** Lets time pass, tick by tick. */
  void pass(Duration duration) {
    passUntil(now + duration.toNanos());
  }

  void passUntil(long end) {
    while (next() <= end) {
      step();
    }
    now(Math.max(now, end));
  }

  private void now(long then) {
    now = then;
    time.jumpTo(then);
  }

  private long next() {
    long scheduledNext = queue.isEmpty() ? nextTick : Math.min(nextTick, queue.peek().due());
    return Math.min(scheduledNext, time.nextDue());
  }

  /** Lets time pass until the next thing happens. */
  void step() {
    now(Math.max(now, next()));
    if (nextTick <= now) {
      nextTick = now + tickEvery;
      machine.tick(now);
      takeEffects();
      afterTick.forEach(Runnable::run);
    } else if (time.nextDue() <= now) {
      time.runDue();
    } else {
      queue.remove().step().run();
    }
  }

  /** The process does not run for a while: no ticks, no events. What was due happens at its end. */
  void pause(Duration duration) {
    now(now + duration.toNanos());
    nextTick = Math.max(nextTick, now);
  }

  long start(RegionRole role) {
    machine.attemptStarted(role, ++ids, now);
    takeEffects();
    return ids;
  }

  void end(RegionRole role, long id, AttemptOutcome outcome) {
    machine.attemptEnded(role, id, outcome, now);
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

  void advice(Advice kind, boolean healthy) {
    machine.advice(kind, healthy, now);
    takeEffects();
  }

  void override(RegionRole role, boolean strict, Duration duration) {
    machine.override(role, strict, duration, now);
    takeEffects();
  }

  void endOverride() {
    machine.endOverride(now);
    takeEffects();
  }

  FailoverMode mode() {
    return machine.mode().name();
  }

  Route route(OperationSupport operation) {
    return machine.route(RoutingNeeds.of(operation), now);
  }

  void primaryDies() {
    probesAnswer(RegionRole.PRIMARY, Answers.FAILED);
    calls(
        RegionRole.PRIMARY,
        AttemptOutcome.REGIONAL_FAILURE,
        Duration.ofMillis(100),
        Duration.ofSeconds(2));
  }

  /** Looks at the machine whenever it has decided something. */
  void watch(Runnable look) {
    watcher = look;
  }

  private void takeEffects() {
    for (Effect effect : machine.takeEffects()) {
      if (effect instanceof Effect.ModeChanged it) {
        transitions.add(it.transition());
      } else if (effect instanceof Effect.HealthChanged it) {
        healthChanges.add(it);
      } else if (effect instanceof Effect.Probe it) {
        probe(
            it.role(),
            it.kind(),
            result -> {
              machine.probeEnded(it.role(), it.kind(), it.id(), result, now);
              takeEffects();
            });
        probes.set(probes.size() - 1, it);
      }
    }
    watcher.run();
  }

  private void probe(RegionRole role, ProbeKind kind, Consumer<ProbeResult> report) {
    probes.add(new Effect.Probe(0, role, kind));
    long time = probeTimes.get(role).getOrDefault(kind, TICK);
    switch (answers.get(role).get(kind)) {
      case ALIVE -> probeEnds(time, ProbeResult.ALIVE, report);
      case FAILED -> probeEnds(time, ProbeResult.FAILED, report);
      case NOT_SERVING -> probeEnds(time, ProbeResult.NOT_SERVING, report);
      case SILENT -> probeEnds(Thresholds.PROBE_TIMEOUT, ProbeResult.FAILED, report);
      case LOST -> {}
    }
  }

  private void probeEnds(long after, ProbeResult result, Consumer<ProbeResult> report) {
    boolean timedOut = after > Thresholds.PROBE_TIMEOUT;
    schedule(
        Math.min(after, Thresholds.PROBE_TIMEOUT),
        () -> report.accept(timedOut ? ProbeResult.FAILED : result));
  }
}
