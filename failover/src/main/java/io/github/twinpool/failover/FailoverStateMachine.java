package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The evidence about both Regions, and the {@link Mode} that follows from it. Pure: no clock, no
 * threads, no I/O; everything arrives as an event with a time, and what is to be done about it is
 * collected as {@link Effect}s. Not thread-safe: its owner guards it.
 *
 * <p>Times of events are monotonic nanoseconds. Inside, time stands still while this process did
 * not run (a tick came late): see {@link #advance}.
 */
final class FailoverStateMachine {
  private final FailoverPolicy policy;
  private final Pacing pacing;
  private final boolean replicated;
  private final RegionEvidence primary;
  private final RegionEvidence secondary;
  private final Map<RegionRole, RegionHealth> reportedHealth = new EnumMap<>(RegionRole.class);
  private final AdviceEvidence advice = new AdviceEvidence();
  private final ProbeSchedule schedule;
  private final List<Effect> effects = new ArrayList<>();

  private Mode mode;
  private long monotonic;
  private long lastTick;
  private long paused;
  private long gapSubtracted;
  private long awake;
  private long nextPrimaryTrial;
  private long failedCalls;
  private long rescuedCalls;

  FailoverStateMachine(
      FailoverPolicy policy, boolean replicated, RandomGenerator random, long start) {
    this.policy = policy;
    this.replicated = replicated;
    this.pacing = new Pacing(policy, random);
    this.monotonic = start;
    this.awake = start;
    this.lastTick = start;
    this.primary = new RegionEvidence(RegionRole.PRIMARY, start);
    this.secondary = new RegionEvidence(RegionRole.SECONDARY, start);
    this.schedule = new ProbeSchedule(pacing, start);
    this.mode = new PrimaryMode(start);
    this.nextPrimaryTrial = start;
    for (RegionRole role : RegionRole.values()) {
      reportedHealth.put(role, RegionHealth.UP);
    }
  }

  // ---- events

  /** Time has passed. Expected every 50 ms: a later tick shows that this process was paused. */
  void tick(long now) {
    advance(now);
    lastTick = now;
    gapSubtracted = 0;
    decide();
    schedule.due(this, awake(), effects::add);
  }

  void callStarted(RegionRole role, long id, long now) {
    advance(now);
    evidence(role).callStarted(id, awake());
  }

  void callEnded(RegionRole role, long id, AttemptOutcome outcome, long now) {
    advance(now);
    evidence(role).callEnded(id, outcome, awake());
    if (outcome != AttemptOutcome.ANSWER || mode.name() != FailoverMode.PRIMARY) {
      decide();
    }
  }

  /** A call was answered by the second Region that it tried. */
  void callRescued() {
    rescuedCalls++;
  }

  /** A call was answered by no Region. */
  void callFailed() {
    failedCalls++;
  }

  void probeEnded(RegionRole role, ProbeKind kind, long id, ProbeResult result, long now) {
    advance(now);
    evidence(role).probeEnded(kind, id, result, awake());
    decide();
  }

  /** Somebody else's health check has reported on the primary. */
  void advice(Advice kind, boolean healthy, long now) {
    advance(now);
    advice.report(kind, healthy, awake());
    decide();
  }

  void override(RegionRole role, boolean strict, Duration duration, long now) {
    advance(now);
    move(
        new Mode.Move(
            new OverrideMode(awake(), role, strict, now + duration.toNanos()),
            "override to the " + role + " for " + duration + (strict ? ", strict" : "")));
  }

  /** Ends an override at once; does nothing without one. */
  void endOverride(long now) {
    advance(now);
    if (mode instanceof OverrideMode override) {
      move(override.ended(outlook()));
      decide();
    }
  }

  // ---- questions

  /** Where a call goes that begins now. */
  Route route(Demand demand, long now) {
    advance(now);
    RegionRole pinned = demand.pinned();
    if (pinned == RegionRole.SECONDARY
        || (pinned != null && demand.operation().routing().moves())) {
      return pinned(pinned, demand.conversation());
    }
    if (policy.observeOnly() && !(mode instanceof OverrideMode)) {
      return Route.to(List.of(RegionRole.PRIMARY), policy.callDeadline().toNanos());
    }
    if (!demand.operation().routing().moves()) {
      return primaryOnly(now);
    }
    if (!replicated) {
      return only(RegionRole.PRIMARY);
    }
    if (mode instanceof OverrideMode override && override.strict()) {
      return only(override.serving());
    }
    if (bothDown()) {
      return whileBothDown();
    }
    Integer signIn = demand.signIn();
    RegionRole first =
        signIn != null && mode instanceof FailbackMode failback
            ? failback.servingSignIn(signIn)
            : mode.serving();
    return Route.to(order(first), policy.attemptTimeout().toNanos());
  }

  private Route only(RegionRole role) {
    return Route.to(List.of(role), policy.attemptTimeout().toNanos());
  }

  /**
   * A challenge whose Region is gone cannot be answered; what else it issued may still be asked
   * for.
   */
  private Route pinned(RegionRole role, boolean conversation) {
    RegionHealth health = health(role);
    boolean gone = health == RegionHealth.DOWN || health == RegionHealth.NOT_SERVING;
    return conversation && gone && !policy.observeOnly()
        ? Route.refused("its Region is gone")
        : only(role);
  }

  /** Fails at once while the primary is down, but for one trial a second and one at a time. */
  private Route primaryOnly(long now) {
    if (primary.health(awake()) == RegionHealth.DOWN) {
      if (now < nextPrimaryTrial || primary.inFlight() > 0) {
        return Route.refused("the primary is down");
      }
      nextPrimaryTrial = now + Thresholds.PRIMARY_TRIAL;
    }
    return Route.to(List.of(RegionRole.PRIMARY), policy.callDeadline().toNanos());
  }

  private Route whileBothDown() {
    RegionRole first =
        primary.lastAnswer() >= secondary.lastAnswer() ? RegionRole.PRIMARY : RegionRole.SECONDARY;
    List<RegionRole> order = order(first);
    return order.stream().allMatch(this::full)
        ? Route.refused("both Regions are down, and enough calls are trying them")
        : Route.capped(order, Thresholds.BOTH_DOWN_ATTEMPT);
  }

  /** Whether enough calls are trying this Region, while both are down. */
  boolean full(RegionRole role) {
    return evidence(role).inFlight() >= Thresholds.BOTH_DOWN_IN_FLIGHT && bothDown();
  }

  private List<RegionRole> order(RegionRole first) {
    if (secondary.health(awake()) == RegionHealth.NOT_SERVING) {
      return List.of(RegionRole.PRIMARY);
    }
    return List.of(first, first.other());
  }

  /** Whether this Region is failing and the other serves: what hangs here is better left behind. */
  boolean left(RegionRole role) {
    RegionHealth health = health(role);
    boolean failing = health == RegionHealth.DOWN || health == RegionHealth.NOT_SERVING;
    // While both are down each attempt has its second: either may be the first to answer.
    return failing && serving() != role && !bothDown();
  }

  RegionHealth health(RegionRole role) {
    return evidence(role).health(awake());
  }

  String healthReason(RegionRole role) {
    return evidence(role).reason(awake());
  }

  Mode mode() {
    return mode;
  }

  /** Where calls are sent: while only observing, to the primary whatever the mode would be. */
  FailoverMode effectiveMode() {
    return policy.observeOnly() && !(mode instanceof OverrideMode)
        ? FailoverMode.PRIMARY
        : mode.name();
  }

  /** The Region that serves what either Region could serve. */
  RegionRole serving() {
    return effectiveMode() == FailoverMode.PRIMARY ? RegionRole.PRIMARY : mode.serving();
  }

  Duration timeInMode() {
    return Duration.ofNanos(awake() - mode.since());
  }

  boolean bothDown() {
    return outlook().primaryDown() && outlook().secondaryUseless();
  }

  RegionEvidence evidence(RegionRole role) {
    return role == RegionRole.PRIMARY ? primary : secondary;
  }

  boolean replicated() {
    return replicated;
  }

  /** What is to be done about the events so far; each effect is handed out once. */
  List<Effect> takeEffects() {
    if (effects.isEmpty()) {
      return List.of();
    }
    List<Effect> taken = List.copyOf(effects);
    effects.clear();
    return taken;
  }

  // ---- decisions

  /**
   * A late tick means that nothing here ran, neither the calls nor what would have ended them: that
   * time must not make calls look old.
   */
  private void advance(long now) {
    long gap = now - lastTick;
    if (gap > Thresholds.TICK_GAP) {
      paused += gap - gapSubtracted;
      gapSubtracted = gap;
    }
    monotonic = Math.max(monotonic, now);
    // What was counted before the gap showed is not taken back: time never runs backwards.
    awake = Math.max(awake, monotonic - paused);
  }

  private long awake() {
    return awake;
  }

  private Outlook outlook() {
    return new Outlook(primary, secondary, advice, pacing, awake());
  }

  private void decide() {
    int adviceAgainst = advice.unhealthy(awake()) ? 1 : 0;
    primary.evaluate(replicated ? secondary : null, adviceAgainst, awake());
    secondary.evaluate(primary, 0, awake());
    reportHealth();
    Mode.@Nullable Move move = nextMove();
    while (move != null) {
      move(move);
      move = nextMove();
    }
  }

  private Mode.@Nullable Move nextMove() {
    Outlook outlook = outlook();
    if (mode instanceof OverrideMode override) {
      return monotonic >= override.until() ? override.ended(outlook) : null;
    }
    if (!replicated) {
      return null;
    }
    if (bothDown()) {
      return mode instanceof SecondaryMode it ? it.nextWhileBothDown(outlook) : null;
    }
    return mode.next(outlook);
  }

  private void move(Mode.Move move) {
    Mode from = mode;
    mode = move.to();
    if (from.name() == mode.name() && from.name() == FailoverMode.FAILBACK) {
      return;
    }
    effects.add(
        new Effect.ModeChanged(
            new Transition(
                from.name(),
                mode.name(),
                move.reason(),
                Duration.ofNanos(awake() - from.since()),
                failedCalls,
                rescuedCalls,
                policy.observeOnly())));
    failedCalls = 0;
    rescuedCalls = 0;
  }

  private void reportHealth() {
    for (RegionRole role : RegionRole.values()) {
      RegionHealth now = health(role);
      RegionHealth before = reportedHealth.put(role, now);
      if (before != null && before != now) {
        effects.add(new Effect.HealthChanged(role, before, now, healthReason(role)));
      }
    }
  }
}
