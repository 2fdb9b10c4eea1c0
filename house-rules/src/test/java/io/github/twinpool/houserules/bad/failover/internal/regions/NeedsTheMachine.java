package io.github.twinpool.houserules.bad.failover.internal.regions;

import io.github.twinpool.houserules.bad.failover.internal.machine.Impure;
import io.github.twinpool.houserules.bad.failover.internal.machine.ProbeOfMachine;

/** Bad but for the enum of probes. */
public interface NeedsTheMachine {
  Impure machine();

  ProbeOfMachine probe();
}
