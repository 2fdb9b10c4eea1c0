package io.github.twinpool.failover.internal.regions;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.internal.machine.ProbeKind;
import io.github.twinpool.failover.internal.machine.ProbeResult;
import java.util.function.Consumer;

/** Carries out probes; the result arrives on any thread, once, or never if the prober has died. */
public interface Prober {
  void probe(RegionRole role, ProbeKind kind, Consumer<ProbeResult> result);
}
