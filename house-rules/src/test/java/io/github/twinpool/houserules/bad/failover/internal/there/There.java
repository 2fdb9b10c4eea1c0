package io.github.twinpool.houserules.bad.failover.internal.there;

import io.github.twinpool.houserules.bad.failover.internal.back.Back;
import io.github.twinpool.houserules.bad.internal.Shared;

/** Good: its own module's internals, and core's. Bad: they need each other. */
public interface There {
  Back back();

  Shared shared();
}
