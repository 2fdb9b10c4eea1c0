package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.RegionHealth;
import io.github.twinpool.failover.Transition;

/** What the state machine has decided and somebody with threads and sockets has to do. */
public sealed interface Effect {
  /** Probe a Region and report the result under this ID. */
  record Probe(long id, RegionRole role, ProbeKind kind) implements Effect {}

  /** The mode has changed: leave hung calls behind, tell listeners. */
  record ModeChanged(Transition transition) implements Effect {}

  /** A Region's health has changed: tell listeners. */
  record HealthChanged(RegionRole role, RegionHealth from, RegionHealth to, String reason)
      implements Effect {}
}
