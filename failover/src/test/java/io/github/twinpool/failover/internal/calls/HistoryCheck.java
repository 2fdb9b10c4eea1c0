package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.RegionHealth;
import io.github.twinpool.failover.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plays a history and looks for what must never happen. */
final class HistoryCheck {
  private static final double SHORTEST = 0.8;

  /** Half as often as in reality: twice as many histories. */
  private static final Duration TICK = Duration.ofMillis(100);

  /** Longer than the longest dwell and the four steps of a failback. */
  private static final Duration CALM = Duration.ofSeconds(20 + 36 + 4 * 4);

  /** Advice that speaks against the primary must have grown old. */
  private static final Duration ADVICE_FORGOTTEN = Duration.ofSeconds(61);

  private final RandomHistory history;
  private final Machine it;
  private final RoutedCalls router;
  private final List<String> violations = new ArrayList<>();
  private long paused;
  private int transitionsSeen;
  private FailoverMode lastMode = FailoverMode.PRIMARY;
  private long lastSwitch;
  private long lastFailback;
  private boolean advised;

  private HistoryCheck(RandomHistory history) {
    this.history = history;
    it = new Machine(history.policy(), true, history.seed());
    it.tickEvery(TICK);
    router = new RoutedCalls(it, history.policy());
    it.watch(this::look);
  }

  /** What went wrong, nothing if all is well. */
  static List<String> violations(RandomHistory history) {
    HistoryCheck check = new HistoryCheck(history);
    check.play();
    return check.violations;
  }

  /** The modes that it went to. */
  static List<FailoverMode> visited(RandomHistory history) {
    HistoryCheck check = new HistoryCheck(history);
    check.play();
    return check.it.transitions.stream().map(Transition::to).toList();
  }

  private void play() {
    for (RandomHistory.Event event : history.events()) {
      it.passUntil(event.atMillis() * 1_000_000L + paused);
      long before = it.now();
      event.step().play(it, router);
      paused += it.now() - before;
      advised |= event.what().contains("healthy=false");
    }
    for (RegionRole role : RegionRole.values()) {
      RandomHistory.healthy(it, router, role);
    }
    calm();
    violations.addAll(router.violations);
    if (it.mode() != FailoverMode.PRIMARY) {
      violations.add("both Regions have been healthy for long, and the mode is " + it.mode());
    }
    violations.addAll(router.leftovers());
    router.calls.forEach(this::look);
  }

  /** Long enough for everything to be well again; less if it is so before. */
  private void calm() {
    it.pass(Duration.ofSeconds(15));
    long end = it.now() + (advised ? CALM.plus(ADVICE_FORGOTTEN) : CALM).toNanos();
    while (it.now() < end && !(it.mode() == FailoverMode.PRIMARY && router.active().isEmpty())) {
      it.pass(Duration.ofSeconds(1));
    }
  }

  private void look(RoutedCalls.Call call) {
    if (call.endings != 1) {
      violations.add("a call ended " + call.endings + " times");
      return;
    }
    long late = call.ended - call.deadline - paused;
    if (late > 2 * TICK.toNanos()) {
      violations.add("a call ended " + Duration.ofNanos(late) + " after its deadline");
    }
    if (call.attempts.size() > 2) {
      violations.add("a call was sent to " + call.attempts);
    }
  }

  /** Looks at each transition at the moment at which it happens. */
  private void look() {
    while (transitionsSeen < it.transitions.size()) {
      Transition transition = it.transitions.get(transitionsSeen++);
      String broken = broken(transition);
      if (broken != null) {
        violations.add(Duration.ofNanos(it.now()) + ": " + transition + ": " + broken);
      }
      lastMode = transition.to();
      lastSwitch = begun(transition);
    }
  }

  /** A failback that goes on after a switch that was a mistake goes on where it was. */
  private long begun(Transition transition) {
    boolean takenBack = transition.reason().contains("the trouble is local");
    if (transition.to() == FailoverMode.FAILBACK && !takenBack) {
      lastFailback = it.now();
    }
    return transition.to() == FailoverMode.FAILBACK ? lastFailback : it.now();
  }

  private String broken(Transition transition) {
    if (transition.from() != lastMode) {
      return "the mode was " + lastMode;
    }
    if (transition.from() == FailoverMode.OVERRIDE || transition.to() == FailoverMode.OVERRIDE) {
      return null;
    }
    boolean primaryDown = it.machine.health(RegionRole.PRIMARY) == RegionHealth.DOWN;
    RegionHealth secondary = it.machine.health(RegionRole.SECONDARY);
    boolean secondaryGone = secondary == RegionHealth.DOWN || secondary == RegionHealth.NOT_SERVING;
    long lasted = it.now() - lastSwitch;
    return switch (transition.to()) {
      case SECONDARY ->
          secondaryGone
              ? "the secondary is " + secondary
              : primaryDown || advised ? null : "the primary is not down";
      case FAILBACK ->
          secondaryGone
              ? null
              : lasted < SHORTEST * history.policy().dwell().toNanos()
                  ? "before the dwell"
                  : primaryDown ? "the primary is down" : null;
      case PRIMARY ->
          secondaryGone
              ? null
              : transition.from() == FailoverMode.SECONDARY
                  ? "at once, although the secondary serves"
                  : lasted < 4 * SHORTEST * history.policy().failbackStep().toNanos()
                      ? "before the steps of the failback"
                      : primaryDown ? "the primary is down" : null;
      case OVERRIDE -> null;
    };
  }
}
