package io.github.twinpool.houserules.bad.failover;

import io.github.twinpool.houserules.bad.failover.internal.there.There;

/** Good: a door needs its module's internals. */
public interface Door {
  There there();
}
