package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.RegionHealth;
import java.util.List;

/** The Regions of a call, by the mode, the evidence and what the call asks for. */
public final class Routes {
  private final FailoverPolicy policy;
  private final FailoverStateMachine machine;
  private long nextPrimaryTrial;

  Routes(FailoverPolicy policy, FailoverStateMachine machine, long start) {
    this.policy = policy;
    this.machine = machine;
    this.nextPrimaryTrial = start;
  }

  public Route route(Demand demand, long now) {
    RegionRole pinned = demand.pinned();
    boolean moves = demand.operation().routing().moves();
    if (pinned == RegionRole.SECONDARY || (pinned != null && moves)) {
      return pinned(pinned, demand.conversation());
    }
    Mode mode = machine.mode();
    if (policy.observeOnly() && !(mode instanceof OverrideMode)) {
      return primaryAlone();
    }
    if (!moves) {
      return primaryOnly(now);
    }
    if (!machine.replicated()) {
      return only(RegionRole.PRIMARY);
    }
    if (mode instanceof OverrideMode override && override.strict()) {
      return only(override.serving());
    }
    if (machine.bothDown()) {
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

  /** Nobody else could answer: the attempt may take all the time that the call has. */
  private Route primaryAlone() {
    return Route.to(List.of(RegionRole.PRIMARY), policy.callDeadline().toNanos());
  }

  /**
   * A challenge whose Region is gone cannot be answered; what else it issued may still be asked
   * for.
   */
  private Route pinned(RegionRole role, boolean conversation) {
    RegionHealth health = machine.health(role);
    boolean gone = health == RegionHealth.DOWN || health == RegionHealth.NOT_SERVING;
    return conversation && gone && !policy.observeOnly()
        ? Route.refused("its Region is gone")
        : only(role);
  }

  /** Fails at once while the primary is down, but for one trial a second and one at a time. */
  private Route primaryOnly(long now) {
    if (machine.health(RegionRole.PRIMARY) == RegionHealth.DOWN) {
      if (now < nextPrimaryTrial || machine.evidence(RegionRole.PRIMARY).inFlight() > 0) {
        return Route.refused("the primary is down");
      }
      nextPrimaryTrial = now + Thresholds.PRIMARY_TRIAL;
    }
    return primaryAlone();
  }

  private Route whileBothDown() {
    boolean primaryIsNewer =
        machine.evidence(RegionRole.PRIMARY).lastAnswer()
            >= machine.evidence(RegionRole.SECONDARY).lastAnswer();
    List<RegionRole> order = order(primaryIsNewer ? RegionRole.PRIMARY : RegionRole.SECONDARY);
    return order.stream().allMatch(machine::full)
        ? Route.refused("both Regions are down, and enough calls are trying them")
        : Route.capped(order, Thresholds.BOTH_DOWN_ATTEMPT);
  }

  private List<RegionRole> order(RegionRole first) {
    return machine.health(RegionRole.SECONDARY) == RegionHealth.NOT_SERVING
        ? List.of(RegionRole.PRIMARY)
        : List.of(first, first.other());
  }
}
