package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.Advice;
import io.github.twinpool.failover.AttemptOutcome;
import io.github.twinpool.failover.Evidence;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.RegionHealth;
import io.github.twinpool.failover.Transition;
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
 * not run (a tick came late).
 */
public final class FailoverStateMachine {
  private final FailoverPolicy policy;
  private final Pacing pacing;
  private final boolean replicated;
  private final RegionEvidence primary;
  private final RegionEvidence secondary;
  private final Map<RegionRole, RegionHealth> reportedHealth = new EnumMap<>(RegionRole.class);
  private final AdviceEvidence advice = new AdviceEvidence();
  private final ProbeSchedule schedule;
  private final List<Effect> effects = new ArrayList<>();

  private final AwakeTime time;
  private final Route.Trials trials;

  private Mode mode;
  private long failedCalls;
  private long rescuedCalls;

  public FailoverStateMachine(
      FailoverPolicy policy, boolean replicated, RandomGenerator random, long start) {
    this.policy = policy;
    this.replicated = replicated;
    this.pacing = new Pacing(policy, random);
    this.time = new AwakeTime(start);
    this.primary = new RegionEvidence(RegionRole.PRIMARY, start);
    this.secondary = new RegionEvidence(RegionRole.SECONDARY, start);
    this.schedule = new ProbeSchedule(pacing, start);
    this.mode = new Mode.Primary(start);
    this.trials = new Route.Trials(start);
    for (RegionRole role : RegionRole.values()) {
      reportedHealth.put(role, RegionHealth.UP);
    }
  }

  // ---- events

  /** Time has passed. Expected every 50 ms: a later tick shows that this process was paused. */
  public void tick(long now) {
    time.tick(now);
    decide();
    schedule.begin(situation(), mode, effects::add);
  }

  public void attemptStarted(RegionRole role, long id, long now) {
    time.advance(now);
    evidence(role).attemptStarted(id, time.now());
  }

  public void attemptEnded(RegionRole role, long id, AttemptOutcome outcome, long now) {
    time.advance(now);
    evidence(role).attemptEnded(id, outcome, time.now());
    if (outcome != AttemptOutcome.ANSWER || mode.name() != FailoverMode.PRIMARY) {
      decide();
    }
  }

  /** A call was answered by the second Region that it tried. */
  public void callRescued() {
    rescuedCalls++;
  }

  /** A call was answered by no Region. */
  public void callFailed() {
    failedCalls++;
  }

  public void probeEnded(RegionRole role, ProbeKind kind, long id, ProbeResult result, long now) {
    time.advance(now);
    evidence(role).probeEnded(kind, id, result, time.now());
    decide();
  }

  /** Somebody else's health check has reported on the primary. */
  public void advice(Advice kind, boolean healthy, long now) {
    time.advance(now);
    advice.report(kind, healthy, time.now());
    decide();
  }

  public void override(RegionRole role, boolean strict, Duration duration, long now) {
    time.advance(now);
    apply(
        new Mode.Switch(
            new Mode.Overridden(time.now(), role, strict, now + duration.toNanos()),
            "override to the " + role + " for " + duration + (strict ? ", strict" : "")));
  }

  /** Ends an override at once; does nothing without one. */
  public void endOverride(long now) {
    time.advance(now);
    if (mode instanceof Mode.Overridden override) {
      apply(override.ended(situation()));
      decide();
    }
  }

  // ---- questions

  /** Where a call goes that begins now. */
  public Route route(RoutingNeeds needs, long now) {
    time.advance(now);
    return Route.of(needs, mode, situation(), policy, trials, now);
  }

  /** Whether enough calls are trying this Region, while both are down. */
  public boolean full(RegionRole role) {
    return situation().full(role);
  }

  /** Whether this Region is failing and the other serves: what hangs here is better left behind. */
  public boolean left(RegionRole role) {
    RegionHealth health = health(role);
    boolean failing = health == RegionHealth.DOWN || health == RegionHealth.NOT_SERVING;
    // While both are down each attempt has its second: either may be the first to answer.
    return failing && serving() != role && !bothDown();
  }

  public RegionHealth health(RegionRole role) {
    return evidence(role).health(time.now());
  }

  public String healthReason(RegionRole role) {
    return evidence(role).reason(time.now());
  }

  public Mode mode() {
    return mode;
  }

  /** Where calls are sent: while only observing, to the primary whatever the mode would be. */
  public FailoverMode effectiveMode() {
    return policy.observeOnly() && !(mode instanceof Mode.Overridden)
        ? FailoverMode.PRIMARY
        : mode.name();
  }

  /** The Region that serves what either Region could serve. */
  public RegionRole serving() {
    return effectiveMode() == FailoverMode.PRIMARY ? RegionRole.PRIMARY : mode.serving();
  }

  public Duration timeInMode() {
    return Duration.ofNanos(time.now() - mode.since());
  }

  public boolean bothDown() {
    return situation().bothDown();
  }

  public RegionEvidence evidence(RegionRole role) {
    return role == RegionRole.PRIMARY ? primary : secondary;
  }

  /** What is to be done about the events so far; each effect is handed out once. */
  public List<Effect> takeEffects() {
    if (effects.isEmpty()) {
      return List.of();
    }
    List<Effect> taken = List.copyOf(effects);
    effects.clear();
    return taken;
  }

  // ---- decisions

  private Situation situation() {
    return new Situation(primary, secondary, advice, pacing, replicated, time.now());
  }

  private void decide() {
    int adviceAgainst = advice.unhealthy(time.now()) ? 1 : 0;
    primary.evaluate(replicated ? secondary : null, adviceAgainst, time.now());
    secondary.evaluate(primary, 0, time.now());
    reportHealth();
    Mode.@Nullable Switch next = nextSwitch();
    while (next != null) {
      apply(next);
      next = nextSwitch();
    }
  }

  private Mode.@Nullable Switch nextSwitch() {
    Situation situation = situation();
    if (mode instanceof Mode.Overridden override) {
      return time.monotonic() >= override.until() ? override.ended(situation) : null;
    }
    if (!replicated) {
      return null;
    }
    if (bothDown()) {
      return mode instanceof Mode.Secondary it ? it.nextWhileBothDown(situation) : null;
    }
    return mode.next(situation);
  }

  private void apply(Mode.Switch change) {
    Mode from = mode;
    mode = change.to();
    if (from.name() == mode.name() && from.name() == FailoverMode.FAILBACK) {
      return;
    }
    effects.add(
        new Effect.ModeChanged(
            new Transition(
                from.name(),
                mode.name(),
                change.reason(),
                Duration.ofNanos(time.now() - from.since()),
                failedCalls,
                rescuedCalls,
                evidence(),
                policy.observeOnly())));
    failedCalls = 0;
    rescuedCalls = 0;
  }

  private Map<RegionRole, Evidence> evidence() {
    Map<RegionRole, Evidence> all = new EnumMap<>(RegionRole.class);
    all.put(RegionRole.PRIMARY, primary.snapshot(time.now()));
    if (replicated) {
      all.put(RegionRole.SECONDARY, secondary.snapshot(time.now()));
    }
    return all;
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

  /**
   * The time during which this process ran, in nanoseconds. A late tick means that nothing here
   * ran, neither the calls nor what would have ended them: that time must not make calls look old.
   */
  private static final class AwakeTime {
    private long monotonic;
    private long lastTick;
    private long paused;
    private long gapSubtracted;
    private long awake;

    AwakeTime(long start) {
      monotonic = start;
      awake = start;
      lastTick = start;
    }

    void advance(long now) {
      long gap = now - lastTick;
      if (gap > Thresholds.TICK_GAP) {
        paused += gap - gapSubtracted;
        gapSubtracted = gap;
      }
      monotonic = Math.max(monotonic, now);
      // What was counted before the gap showed is not taken back: time never runs backwards.
      awake = Math.max(awake, monotonic - paused);
    }

    /** The same, at a tick: gaps are counted from here on. */
    void tick(long now) {
      advance(now);
      lastTick = now;
      gapSubtracted = 0;
    }

    long now() {
      return awake;
    }

    /** With the pauses: the clock by which deadlines of people are kept. */
    long monotonic() {
      return monotonic;
    }
  }
}
