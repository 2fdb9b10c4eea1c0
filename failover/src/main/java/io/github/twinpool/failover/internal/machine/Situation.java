package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.RegionHealth;

/** The evidence as a {@link Mode} and a {@link Route} see it at one moment. */
record Situation(
    RegionEvidence primary,
    RegionEvidence secondary,
    AdviceEvidence advice,
    Pacing pacing,
    boolean replicated,
    long now) {

  RegionEvidence region(RegionRole role) {
    return role == RegionRole.PRIMARY ? primary : secondary;
  }

  boolean bothDown() {
    return primaryDown() && secondaryUseless();
  }

  /** Whether enough calls are trying this Region, while both are down. */
  boolean full(RegionRole role) {
    return region(role).inFlight() >= Thresholds.BOTH_DOWN_IN_FLIGHT && bothDown();
  }

  boolean primaryDown() {
    return primary.health(now) == RegionHealth.DOWN;
  }

  /** Whether the primary could take over at once. */
  boolean primaryUp() {
    RegionHealth health = primary.health(now);
    return health == RegionHealth.UP || health == RegionHealth.SUSPECT;
  }

  boolean secondaryDown() {
    return secondary.health(now) == RegionHealth.DOWN;
  }

  boolean secondaryUseless() {
    return secondaryDown() || secondary.health(now) == RegionHealth.NOT_SERVING;
  }

  /**
   * Whether the secondary is known to answer, by now too: when the trouble is our own network, its
   * last answer may be a second old and its next never come.
   */
  boolean secondaryReady() {
    return !secondaryUseless()
        && secondary.answeredWithin(Thresholds.ANSWERED_WITHIN, now)
        && secondary.quietSinceAnswer(now);
  }

  /**
   * How long the primary has been healthy without a break, its sign-in plane included; 0 while
   * advice speaks against it.
   */
  long primaryHealthyFor() {
    return primaryUp() && !advice.unhealthy(now) && primary.signsIn()
        ? now - primary.healthySince()
        : 0;
  }

  boolean adviceSaysLeave() {
    return advice.saysLeave(now);
  }

  /**
   * Whether the primary is to be left. When both were down and the secondary is back first, only
   * after the primary has failed since then: after trouble of our own network it is back as soon.
   */
  boolean leavePrimary() {
    return adviceSaysLeave() || (primaryDown() && primary.failedSince(secondary.recoveredAt()));
  }

  /** Why the primary is left. */
  String whyLeave() {
    return primaryDown()
        ? why(primary)
        : "advice that is followed says that the primary is unhealthy";
  }

  String why(RegionEvidence region) {
    return region.role() + " " + region.health(now) + ": " + region.reason(now);
  }
}
