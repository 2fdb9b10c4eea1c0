package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverMode;
import org.jspecify.annotations.Nullable;

/**
 * One mode of the state machine, immutable. It decides by the evidence alone what comes next. Times
 * are awake time in nanoseconds.
 */
public sealed interface Mode {

  /** The next mode and why, or null to stay. Asked only while not both Regions are down. */
  @Nullable Switch next(Situation situation);

  FailoverMode name();

  /** Since when this mode lasts. */
  long since();

  /** The Region that serves what either Region could serve. */
  RegionRole serving();

  /** A change of mode that the evidence asks for. */
  record Switch(Mode to, String reason) {}

  /**
   * The primary serves. It is left when it is down, or when advice that is followed says so, and
   * the secondary is known to answer.
   */
  record Primary(long since) implements Mode {
    @Override
    public @Nullable Switch next(Situation situation) {
      if (!situation.leavePrimary() || !situation.secondaryReady()) {
        return null;
      }
      long dwell = situation.pacing().dwellAfterServing(situation.now() - since);
      return new Switch(new Secondary(situation.now(), dwell, this), situation.whyLeave());
    }

    @Override
    public FailoverMode name() {
      return FailoverMode.PRIMARY;
    }

    @Override
    public RegionRole serving() {
      return RegionRole.PRIMARY;
    }
  }

  /**
   * The secondary serves.
   *
   * @param dwell how long the primary must be healthy before the failback begins
   * @param before the mode to return to if the switch turns out to have been a mistake
   */
  record Secondary(long since, long dwell, Mode before) implements Mode {
    @Override
    public @Nullable Switch next(Situation situation) {
      if (situation.secondaryUseless() && situation.primaryUp()) {
        return new Switch(new Primary(situation.now()), situation.why(situation.secondary()));
      }
      // After followed advice the primary may have been healthy all along.
      long healthyHere = Math.min(situation.primaryHealthyFor(), situation.now() - since);
      return healthyHere >= dwell
          ? new Switch(
              Failback.begin(situation, dwell), "the primary has been healthy for the dwell")
          : null;
    }

    /** Both Regions failed within moments: not they, but what lies between them and us. */
    @Nullable Switch nextWhileBothDown(Situation situation) {
      if (situation.secondaryDown() && situation.now() - since <= Thresholds.LOCAL_TROUBLE) {
        situation.pacing().takeBack();
        return new Switch(
            before, "the secondary failed right after the switch: the trouble is local");
      }
      return null;
    }

    @Override
    public FailoverMode name() {
      return FailoverMode.SECONDARY;
    }

    @Override
    public RegionRole serving() {
      return RegionRole.SECONDARY;
    }
  }

  /**
   * A growing share of new sign-ins goes to the primary again, all else stays at the secondary.
   *
   * @param step which of the shares
   * @param stepSince when the step began
   * @param stepLength how long it lasts at least
   * @param answersBefore the primary's answers when the step began
   */
  record Failback(
      long since, int step, long stepSince, long stepLength, long answersBefore, long dwell)
      implements Mode {
    private static final int[] PERCENT = {1, 10, 50, 100};

    static Failback begin(Situation situation, long dwell) {
      return atStep(0, situation.now(), situation, dwell);
    }

    private static Failback atStep(int step, long since, Situation situation, long dwell) {
      return new Failback(
          since,
          step,
          situation.now(),
          situation.pacing().nextStep(),
          situation.primary().answers(),
          dwell);
    }

    @Override
    public @Nullable Switch next(Situation situation) {
      if (situation.secondaryUseless() && situation.primaryUp()) {
        return new Switch(new Primary(situation.now()), situation.why(situation.secondary()));
      }
      if (situation.leavePrimary()) {
        return new Switch(
            new Secondary(situation.now(), situation.pacing().dwellAfterRelapse(), this),
            situation.whyLeave());
      }
      // DOWN and not left: both were, and nothing has been heard of the primary since.
      if (!situation.primaryUp()
          || situation.now() - stepSince < stepLength
          || situation.primary().answers() - answersBefore < Thresholds.ANSWERS_PER_STEP
          || situation.advice().unhealthy(situation.now())) {
        return null;
      }
      return step + 1 == PERCENT.length
          ? new Switch(
              new Primary(situation.now()), "the primary passed every step of the failback")
          : new Switch(
              atStep(step + 1, since, situation, dwell), "the primary passed " + percent() + " %");
    }

    /** The share of new sign-ins that the primary gets. */
    public int percent() {
      return PERCENT[step];
    }

    @Override
    public FailoverMode name() {
      return FailoverMode.FAILBACK;
    }

    @Override
    public RegionRole serving() {
      return RegionRole.SECONDARY;
    }

    /** The Region of a new sign-in: by the user, so that one person meets one Region. */
    RegionRole servingSignIn(int userHash) {
      return Math.floorMod(userHash, 100) < percent() ? RegionRole.PRIMARY : RegionRole.SECONDARY;
    }
  }

  /**
   * A person has decided, until this time.
   *
   * @param serving the Region they chose
   * @param strict whether single calls stay there even when they fail
   * @param until when the decision ends, in monotonic time: pauses count
   */
  record Overridden(long since, RegionRole serving, boolean strict, long until) implements Mode {
    @Override
    public @Nullable Switch next(Situation situation) {
      return null;
    }

    /** What the evidence makes of the situation when the decision has ended. */
    Switch ended(Situation situation) {
      String reason = "the override ended";
      if (serving == RegionRole.PRIMARY || situation.secondaryUseless()) {
        return new Switch(new Primary(situation.now()), reason);
      }
      long dwell = situation.pacing().nextDwell();
      return situation.primaryUp()
          ? new Switch(Failback.begin(situation, dwell), reason)
          : new Switch(new Secondary(situation.now(), dwell, new Primary(situation.now())), reason);
    }

    @Override
    public FailoverMode name() {
      return FailoverMode.OVERRIDE;
    }
  }
}
