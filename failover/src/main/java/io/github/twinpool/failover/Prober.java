package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import java.util.function.Consumer;

/** Carries out probes; the result arrives on any thread, once, or never if the prober has died. */
interface Prober {
  void probe(RegionRole role, ProbeKind kind, Consumer<ProbeResult> result);
}
