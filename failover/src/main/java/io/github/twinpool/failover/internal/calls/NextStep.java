package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.AttemptOutcome;
import io.github.twinpool.failover.RequestState;
import io.github.twinpool.failover.internal.machine.Route;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import org.jspecify.annotations.Nullable;

/**
 * What follows the end of an attempt: the rules of routing, for blocking and for async calls. Pure.
 *
 * @param kind what follows
 * @param role the Region to try next; null unless one is tried
 */
record NextStep(Kind kind, @Nullable RegionRole role) {
  enum Kind {
    /** The caller gets what the Region answered. */
    ANSWER,
    /** The call goes on in another Region. */
    TRY,
    /** The call ends unanswered, with all that was tried. */
    FAIL,
    /** The call ends with trouble of this side, as it is: nothing was tried before it. */
    FAIL_LOCALLY
  }

  /** Why an attempt is left before it has ended by itself. */
  enum GivenUp {
    TIMED_OUT(AttemptOutcome.REGIONAL_FAILURE, "timed out"),
    LEFT_BEHIND(AttemptOutcome.ABANDONED, "left behind at the switch"),
    CANCELLED(AttemptOutcome.ABANDONED, "cancelled"),
    OVERTAKEN(AttemptOutcome.ABANDONED, "another attempt of the call was faster"),
    INTERRUPTED(AttemptOutcome.LOCAL_FAILURE, "the caller was interrupted"),
    CLOSED(AttemptOutcome.ABANDONED, "the client was closed");

    final AttemptOutcome outcome;
    final String text;

    GivenUp(AttemptOutcome outcome, String text) {
      this.outcome = outcome;
      this.text = text;
    }
  }

  private static final NextStep ANSWER = new NextStep(Kind.ANSWER, null);
  private static final NextStep FAIL = new NextStep(Kind.FAIL, null);
  private static final NextStep FAIL_LOCALLY = new NextStep(Kind.FAIL_LOCALLY, null);
  private static final NextStep TRY_PRIMARY = new NextStep(Kind.TRY, RegionRole.PRIMARY);
  private static final NextStep TRY_SECONDARY = new NextStep(Kind.TRY, RegionRole.SECONDARY);

  /**
   * An attempt that has ended.
   *
   * @param state what is known of its request
   * @param throttled whether it was answered by throttling
   */
  record End(RegionRole role, AttemptOutcome outcome, RequestState state, boolean throttled) {}

  /**
   * What is known of the call when an attempt ends.
   *
   * @param tried how many Regions were tried, this one included
   * @param raced whether another attempt of the same call is under way: then this one need not find
   *     the next Region
   * @param mayGoOn whether there is time left and the caller waits
   * @param primaryDown whether the primary is down
   */
  record Moment(int tried, boolean raced, boolean mayGoOn, boolean primaryDown) {}

  static NextStep after(End end, RoutingNeeds needs, Route route, Moment moment) {
    RegionRole next = after(route, moment.tried());
    switch (end.outcome()) {
      case ANSWER -> {
        boolean elsewhere =
            end.throttled()
                && throttlingGoesElsewhere(
                    end.role(), next != null || moment.raced(), moment.primaryDown());
        if (!elsewhere) {
          return ANSWER;
        }
      }
      case LOCAL_FAILURE -> {
        // Another Region would not help; but what was tried before it must not be lost.
        return moment.tried() == 1 ? FAIL_LOCALLY : FAIL;
      }
      case REGIONAL_FAILURE, NOT_SERVING, ABANDONED -> {}
    }
    boolean safe = !needs.onlyIfNotSent() || end.state() == RequestState.NOT_SENT;
    if (next == null || !safe || !moment.mayGoOn()) {
      return FAIL;
    }
    return next == RegionRole.PRIMARY ? TRY_PRIMARY : TRY_SECONDARY;
  }

  /** The Region to try after so many, or null. */
  static @Nullable RegionRole after(Route route, int tried) {
    return tried < route.order().size() ? route.order().get(tried) : null;
  }

  /**
   * A 4xx is an answer and asks no other Region, unless the secondary is only short of capacity.
   *
   * @param another whether another Region is tried after this one, or beside it
   */
  static boolean throttlingGoesElsewhere(RegionRole role, boolean another, boolean primaryDown) {
    return role == RegionRole.SECONDARY && another && !primaryDown;
  }

  /**
   * Whether an attempt that hangs in a Region that was left is given up: only if the call can go on
   * elsewhere.
   */
  static boolean leavesAtSwitch(RoutingNeeds needs, Route route, int tried) {
    return after(route, tried) != null && !needs.onlyIfNotSent();
  }
}
