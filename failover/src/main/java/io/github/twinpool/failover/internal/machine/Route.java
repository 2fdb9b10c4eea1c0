package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.RegionHealth;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where one call may go, decided when it begins: by the mode, the evidence and what the call asks
 * for.
 *
 * @param order the Regions to try, the first first; empty if the call is refused
 * @param attemptTimeout the longest that each attempt may take, in nanoseconds
 * @param capped whether an attempt is left out while enough calls are trying its Region, both being
 *     down
 * @param trial whether it tries a primary that is down
 * @param refusal why it is refused, else empty
 * @param mode the mode that decided
 */
public record Route(
    List<RegionRole> order,
    long attemptTimeout,
    boolean capped,
    boolean trial,
    String refusal,
    FailoverMode mode) {
  private static final List<RegionRole> PRIMARY = List.of(RegionRole.PRIMARY);
  private static final List<RegionRole> SECONDARY = List.of(RegionRole.SECONDARY);
  private static final List<RegionRole> PRIMARY_FIRST =
      List.of(RegionRole.PRIMARY, RegionRole.SECONDARY);
  private static final List<RegionRole> SECONDARY_FIRST =
      List.of(RegionRole.SECONDARY, RegionRole.PRIMARY);

  /**
   * Lets one call a second try a primary that is down, and only while its sign-in plane answers a
   * probe: or else each caller who comes alone would wait for a time-out.
   */
  static final class Trials {
    private long next;

    Trials(long start) {
      next = start;
    }

    private boolean take(Situation situation, long now) {
      if (now < next
          || situation.primary().inFlight() > 0
          || !situation.primary().signInPlaneAnswers(situation.now())) {
        return false;
      }
      next = now + Thresholds.PRIMARY_TRIAL;
      return true;
    }
  }

  /** The same for one of its Regions alone. */
  public Route only(RegionRole role) {
    return new Route(alone(role), attemptTimeout, capped, trial, "", mode);
  }

  /**
   * Decides where a call may go.
   *
   * @param now monotonic time
   */
  static Route of(
      RoutingNeeds needs,
      Mode mode,
      Situation situation,
      FailoverPolicy policy,
      Trials trials,
      long now) {
    Route route = byEvidence(needs, mode, situation, policy, trials, now);
    boolean wish = needs.preferred() != null || needs.excluded() != null;
    return wish ? route.wished(needs, situation) : route;
  }

  /** What the request itself says counts where more than one Region could serve it. */
  private Route wished(RoutingNeeds needs, Situation situation) {
    List<RegionRole> left =
        order.stream().filter(it -> it != needs.excluded()).collect(Collectors.toList());
    if (left.isEmpty() && !order.isEmpty()) {
      return new Route(
          left, 0, false, false, "the request excludes the Region that would serve it", mode);
    }
    RegionRole preferred = needs.preferred();
    if (preferred != null
        && situation.region(preferred).health(situation.now()) != RegionHealth.DOWN
        && left.remove(preferred)) {
      left.add(0, preferred);
    }
    return new Route(List.copyOf(left), attemptTimeout, capped, trial, refusal, mode);
  }

  private static Route byEvidence(
      RoutingNeeds needs,
      Mode mode,
      Situation situation,
      FailoverPolicy policy,
      Trials trials,
      long now) {
    RegionRole pinned = needs.pinned();
    boolean moves = needs.operation().routing().moves();
    if (pinned == RegionRole.SECONDARY || (pinned != null && moves)) {
      return pinned(pinned, needs.conversation(), mode, situation, policy);
    }
    if (policy.observeOnly() && !(mode instanceof Mode.Overridden)) {
      return primaryAlone(mode, policy);
    }
    if (!moves) {
      return primaryOnly(mode, situation, policy, trials, now);
    }
    if (!situation.replicated()) {
      return to(PRIMARY, mode, policy);
    }
    if (mode instanceof Mode.Overridden override && override.strict()) {
      return to(alone(override.serving()), mode, policy);
    }
    if (situation.bothDown()) {
      return whileBothDown(mode, situation);
    }
    Integer signIn = needs.signIn();
    RegionRole first =
        signIn != null && mode instanceof Mode.Failback failback
            ? failback.servingSignIn(signIn)
            : mode.serving();
    return to(order(first, situation), mode, policy);
  }

  private static Route to(List<RegionRole> order, Mode mode, FailoverPolicy policy) {
    return new Route(order, policy.attemptTimeout().toNanos(), false, false, "", mode.name());
  }

  /** No other Region could answer: the attempt may take all the time that the call has. */
  private static Route primaryAlone(Mode mode, FailoverPolicy policy) {
    return new Route(PRIMARY, policy.callDeadline().toNanos(), false, false, "", mode.name());
  }

  /**
   * A challenge whose Region is gone cannot be answered; what else it issued may still be asked
   * for.
   */
  private static Route pinned(
      RegionRole role,
      boolean conversation,
      Mode mode,
      Situation situation,
      FailoverPolicy policy) {
    RegionHealth health = situation.region(role).health(situation.now());
    boolean gone = health == RegionHealth.DOWN || health == RegionHealth.NOT_SERVING;
    return conversation && gone && !policy.observeOnly()
        ? refused("its Region is gone", mode)
        : to(alone(role), mode, policy);
  }

  /** Fails at once while the primary is down, but for one trial a second and one at a time. */
  private static Route primaryOnly(
      Mode mode, Situation situation, FailoverPolicy policy, Trials trials, long now) {
    if (!situation.primaryDown()) {
      return primaryAlone(mode, policy);
    }
    return trials.take(situation, now)
        ? new Route(PRIMARY, policy.attemptTimeout().toNanos(), false, true, "", mode.name())
        : refused("the primary is down", mode);
  }

  private static Route whileBothDown(Mode mode, Situation situation) {
    boolean primaryIsNewer = situation.primary().lastAnswer() >= situation.secondary().lastAnswer();
    List<RegionRole> order =
        order(primaryIsNewer ? RegionRole.PRIMARY : RegionRole.SECONDARY, situation);
    return order.stream().allMatch(situation::full)
        ? refused("both Regions are down, and enough calls are trying them", mode)
        : new Route(order, Thresholds.BOTH_DOWN_ATTEMPT, true, false, "", mode.name());
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

  private static Route refused(String reason, Mode mode) {
    return new Route(List.of(), 0, false, false, reason, mode.name());
  }
}
