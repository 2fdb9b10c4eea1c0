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
  @Nullable Move next(Outlook outlook);

  FailoverMode name();

  /** Since when this mode lasts. */
  long since();

  /** The Region that serves what either Region could serve. */
  RegionRole serving();

  /** A change of mode that the evidence asks for. */
  record Move(Mode to, String reason) {}

  /**
   * The primary serves. It is left when it is down, or when advice that is followed says so, and
   * the secondary is known to answer.
   */
  record Primary(long since) implements Mode {
    @Override
    public @Nullable Move next(Outlook outlook) {
      if (!outlook.leavePrimary() || !outlook.secondaryReady()) {
        return null;
      }
      long dwell = outlook.pacing().dwellAfterServing(outlook.now() - since);
      return new Move(new Secondary(outlook.now(), dwell, this), outlook.whyLeave());
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
    public @Nullable Move next(Outlook outlook) {
      if (outlook.secondaryUseless() && outlook.primaryUp()) {
        return new Move(new Primary(outlook.now()), outlook.why(outlook.secondary()));
      }
      // After followed advice the primary may have been healthy all along.
      long healthyHere = Math.min(outlook.primaryHealthyFor(), outlook.now() - since);
      return healthyHere >= dwell
          ? new Move(Failback.begin(outlook, dwell), "the primary has been healthy for the dwell")
          : null;
    }

    /** Both Regions failed within moments: not they, but what lies between them and us. */
    @Nullable Move nextWhileBothDown(Outlook outlook) {
      if (outlook.secondaryDown() && outlook.now() - since <= Thresholds.LOCAL_TROUBLE) {
        outlook.pacing().takeBack();
        return new Move(
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

    static Failback begin(Outlook outlook, long dwell) {
      return atStep(0, outlook.now(), outlook, dwell);
    }

    private static Failback atStep(int step, long since, Outlook outlook, long dwell) {
      return new Failback(
          since,
          step,
          outlook.now(),
          outlook.pacing().nextStep(),
          outlook.primary().answers(),
          dwell);
    }

    @Override
    public @Nullable Move next(Outlook outlook) {
      if (outlook.secondaryUseless() && outlook.primaryUp()) {
        return new Move(new Primary(outlook.now()), outlook.why(outlook.secondary()));
      }
      if (outlook.leavePrimary()) {
        return new Move(
            new Secondary(outlook.now(), outlook.pacing().dwellAfterRelapse(), this),
            outlook.whyLeave());
      }
      // DOWN and not left: both were, and nothing has been heard of the primary since.
      if (!outlook.primaryUp()
          || outlook.now() - stepSince < stepLength
          || outlook.primary().answers() - answersBefore < Thresholds.ANSWERS_PER_STEP
          || outlook.advice().unhealthy(outlook.now())) {
        return null;
      }
      return step + 1 == PERCENT.length
          ? new Move(new Primary(outlook.now()), "the primary passed every step of the failback")
          : new Move(
              atStep(step + 1, since, outlook, dwell), "the primary passed " + percent() + " %");
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
    public @Nullable Move next(Outlook outlook) {
      return null;
    }

    /** What the evidence makes of the situation when the decision has ended. */
    Move ended(Outlook outlook) {
      String reason = "the override ended";
      if (serving == RegionRole.PRIMARY || outlook.secondaryUseless()) {
        return new Move(new Primary(outlook.now()), reason);
      }
      long dwell = outlook.pacing().nextDwell();
      return outlook.primaryUp()
          ? new Move(Failback.begin(outlook, dwell), reason)
          : new Move(new Secondary(outlook.now(), dwell, new Primary(outlook.now())), reason);
    }

    @Override
    public FailoverMode name() {
      return FailoverMode.OVERRIDE;
    }
  }
}
