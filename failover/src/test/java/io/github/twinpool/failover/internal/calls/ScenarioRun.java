package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.AttemptOutcome;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.Transition;
import io.github.twinpool.failover.internal.machine.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one scenario is played on: a state machine, the router, and what runs on. */
final class ScenarioRun {
  /** A call that the scenario has given a name. */
  record Named(RegionRole region, long id) {}

  final Machine it;
  final RoutedCalls router;
  final Map<String, Named> calls = new HashMap<>();
  private final Map<String, Boolean> running = new HashMap<>();
  private int transitionsSeen;
  private int healthSeen;
  private int probesSeen;
  private int routedSeen;

  ScenarioRun(FailoverPolicy policy, boolean replicated, long seed) {
    it = new Machine(policy, replicated, seed);
    router = new RoutedCalls(it, policy);
  }

  /** Repeats something for a while, which passes, or under a name until it is stopped. */
  void repeat(Runnable step, Duration every, Duration forThisLong, String name) {
    if (forThisLong != null) {
      long end = it.now() + forThisLong.toNanos();
      for (long at = it.now(); at < end; at += every.toNanos()) {
        it.passUntil(at);
        step.run();
      }
      it.passUntil(end);
    } else {
      running.put(name, true);
      again(step, every, name);
    }
  }

  private void again(Runnable step, Duration every, String name) {
    if (running.getOrDefault(name, false)) {
      step.run();
      it.schedule(every.toNanos(), () -> again(step, every, name));
    }
  }

  boolean stop(String name) {
    return Boolean.TRUE.equals(running.put(name, false));
  }

  /** An attempt that ends after a while, or hangs if it has no outcome. */
  void attempt(RegionRole region, AttemptOutcome outcome, Duration takes) {
    long id = it.start(region);
    if (outcome == null) {
      return;
    }
    if (takes.isZero()) {
      it.end(region, id, outcome);
    } else {
      it.schedule(takes.toNanos(), () -> it.end(region, id, outcome));
    }
  }

  /** A Region treats routed calls and probes alike from now on. */
  void behaves(RegionRole region, ScenarioStep.Ending ending) {
    router.behaves(region, new RoutedCalls.Behaviour(ending, Duration.ofMillis(70)));
    it.probesAnswer(
        region,
        switch (ending) {
          case ANSWER -> Machine.Answers.ALIVE;
          case NOT_SERVING -> Machine.Answers.NOT_SERVING;
          case HANG -> Machine.Answers.SILENT;
          default -> Machine.Answers.FAILED;
        });
  }

  List<Transition> newTransitions() {
    List<Transition> fresh = List.copyOf(it.transitions.subList(transitionsSeen, count()));
    transitionsSeen = count();
    return fresh;
  }

  int count() {
    return it.transitions.size();
  }

  List<Effect.HealthChanged> newHealthChanges() {
    int size = it.healthChanges.size();
    List<Effect.HealthChanged> fresh = List.copyOf(it.healthChanges.subList(healthSeen, size));
    healthSeen = size;
    return fresh;
  }

  List<Effect.Probe> newProbes() {
    int size = it.probes.size();
    List<Effect.Probe> fresh = List.copyOf(it.probes.subList(probesSeen, size));
    probesSeen = size;
    return fresh;
  }

  /** Routed calls since the last expectation that ended; those in flight are left for the next. */
  List<RoutedCalls.Call> newRouted() {
    List<RoutedCalls.Call> fresh = new ArrayList<>();
    List<RoutedCalls.Call> all = router.calls;
    while (routedSeen < all.size() && all.get(routedSeen).ended >= 0) {
      fresh.add(all.get(routedSeen++));
    }
    return fresh;
  }
}
