package io.github.twinpool.houserules.bad.failover.internal.regions;

import io.github.twinpool.houserules.bad.failover.internal.calls.NeedsTheDoor;

/** Bad. */
public interface NeedsCalls {
  NeedsTheDoor call();
}
