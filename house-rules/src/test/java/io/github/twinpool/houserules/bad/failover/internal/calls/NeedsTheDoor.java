package io.github.twinpool.houserules.bad.failover.internal.calls;

import io.github.twinpool.houserules.bad.failover.Door;

/** Bad: an internal type needs the door that is made of it. */
public interface NeedsTheDoor {
  Door door();
}
