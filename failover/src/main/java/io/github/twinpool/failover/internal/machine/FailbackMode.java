package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverMode;
import org.jspecify.annotations.Nullable;

/**
 * A growing share of new sign-ins goes to the primary again, all else stays at the secondary.
 *
 * @param step which of the shares
 * @param stepSince when the step began
 * @param stepLength how long it lasts at least
 * @param answersBefore the primary's answers when the step began
 */
record FailbackMode(
    long since, int step, long stepSince, long stepLength, long answersBefore, long dwell)
    implements Mode {
  private static final int[] PERCENT = {1, 10, 50, 100};

  static FailbackMode begin(Outlook outlook, long dwell) {
    return atStep(0, outlook.now(), outlook, dwell);
  }

  private static FailbackMode atStep(int step, long since, Outlook outlook, long dwell) {
    return new FailbackMode(
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
      return new Move(new PrimaryMode(outlook.now()), outlook.why(outlook.secondary()));
    }
    if (outlook.leavePrimary()) {
      return new Move(
          new SecondaryMode(outlook.now(), outlook.pacing().dwellAfterRelapse(), this),
          outlook.whyLeave());
    }
    // DOWN and not left: both were, and nobody has heard of the primary since.
    if (!outlook.primaryUp()
        || outlook.now() - stepSince < stepLength
        || outlook.primary().answers() - answersBefore < Thresholds.ANSWERS_PER_STEP
        || outlook.advice().unhealthy(outlook.now())) {
      return null;
    }
    return step + 1 == PERCENT.length
        ? new Move(new PrimaryMode(outlook.now()), "the primary passed every step of the failback")
        : new Move(
            atStep(step + 1, since, outlook, dwell), "the primary passed " + percent() + " %");
  }

  /** The share of new sign-ins that the primary gets. */
  int percent() {
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
