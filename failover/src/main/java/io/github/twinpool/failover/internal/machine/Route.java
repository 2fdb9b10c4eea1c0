package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.RegionHealth;
import java.util.List;

/**
 * Where one call may go, decided when it begins: by the mode, the evidence and what the call asks
 * for.
 *
 * @param order the Regions to try, the first first; empty if the call is refused
 * @param attemptTimeout the longest that each attempt may take, in nanoseconds
 * @param capped whether an attempt is left out while enough calls are trying its Region, both being
 *     down
 * @param refusal why it is refused, else empty
 */
public record Route(List<RegionRole> order, long attemptTimeout, boolean capped, String refusal) {
  private static final List<RegionRole> PRIMARY = List.of(RegionRole.PRIMARY);
  private static final List<RegionRole> SECONDARY = List.of(RegionRole.SECONDARY);
  private static final List<RegionRole> PRIMARY_FIRST =
      List.of(RegionRole.PRIMARY, RegionRole.SECONDARY);
  private static final List<RegionRole> SECONDARY_FIRST =
      List.of(RegionRole.SECONDARY, RegionRole.PRIMARY);

  /** Lets one call a second try a primary that is down. */
  static final class Trials {
    private long next;

    Trials(long start) {
      next = start;
    }

    private boolean take(Situation situation, long now) {
      if (now < next || situation.primary().inFlight() > 0) {
        return false;
      }
      next = now + Thresholds.PRIMARY_TRIAL;
      return true;
    }
  }

  /** The same for one of its Regions alone. */
  public Route only(RegionRole role) {
    return new Route(alone(role), attemptTimeout, capped, "");
  }

  /**
   * @param now monotonic time
   */
  static Route of(
      RoutingNeeds needs,
      Mode mode,
      Situation situation,
      FailoverPolicy policy,
      Trials trials,
      long now) {
    RegionRole pinned = needs.pinned();
    boolean moves = needs.operation().routing().moves();
    if (pinned == RegionRole.SECONDARY || (pinned != null && moves)) {
      return pinned(pinned, needs.conversation(), situation, policy);
    }
    if (policy.observeOnly() && !(mode instanceof Mode.Overridden)) {
      return primaryAlone(policy);
    }
    if (!moves) {
      return primaryOnly(situation, policy, trials, now);
    }
    if (!situation.replicated()) {
      return only(RegionRole.PRIMARY, policy);
    }
    if (mode instanceof Mode.Overridden override && override.strict()) {
      return only(override.serving(), policy);
    }
    if (situation.bothDown()) {
      return whileBothDown(situation);
    }
    Integer signIn = needs.signIn();
    RegionRole first =
        signIn != null && mode instanceof Mode.Failback failback
            ? failback.servingSignIn(signIn)
            : mode.serving();
    return new Route(order(first, situation), policy.attemptTimeout().toNanos(), false, "");
  }

  private static Route only(RegionRole role, FailoverPolicy policy) {
    return new Route(alone(role), policy.attemptTimeout().toNanos(), false, "");
  }

  /** No other Region could answer: the attempt may take all the time that the call has. */
  private static Route primaryAlone(FailoverPolicy policy) {
    return new Route(PRIMARY, policy.callDeadline().toNanos(), false, "");
  }

  /**
   * A challenge whose Region is gone cannot be answered; what else it issued may still be asked
   * for.
   */
  private static Route pinned(
      RegionRole role, boolean conversation, Situation situation, FailoverPolicy policy) {
    RegionHealth health = situation.region(role).health(situation.now());
    boolean gone = health == RegionHealth.DOWN || health == RegionHealth.NOT_SERVING;
    return conversation && gone && !policy.observeOnly()
        ? refused("its Region is gone")
        : only(role, policy);
  }

  /** Fails at once while the primary is down, but for one trial a second and one at a time. */
  private static Route primaryOnly(
      Situation situation, FailoverPolicy policy, Trials trials, long now) {
    return situation.primaryDown() && !trials.take(situation, now)
        ? refused("the primary is down")
        : primaryAlone(policy);
  }

  private static Route whileBothDown(Situation situation) {
    boolean primaryIsNewer = situation.primary().lastAnswer() >= situation.secondary().lastAnswer();
    List<RegionRole> order =
        order(primaryIsNewer ? RegionRole.PRIMARY : RegionRole.SECONDARY, situation);
    return order.stream().allMatch(situation::full)
        ? refused("both Regions are down, and enough calls are trying them")
        : new Route(order, Thresholds.BOTH_DOWN_ATTEMPT, true, "");
  }

  private static List<RegionRole> order(RegionRole first, Situation situation) {
    if (situation.secondary().health(situation.now()) == RegionHealth.NOT_SERVING) {
      return PRIMARY;
    }
    return first == RegionRole.PRIMARY ? PRIMARY_FIRST : SECONDARY_FIRST;
  }

  private static List<RegionRole> alone(RegionRole role) {
    return role == RegionRole.PRIMARY ? PRIMARY : SECONDARY;
  }

  private static Route refused(String reason) {
    return new Route(List.of(), 0, false, reason);
  }
}
