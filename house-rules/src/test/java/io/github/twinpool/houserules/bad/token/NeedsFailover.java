package io.github.twinpool.houserules.bad.token;

import io.github.twinpool.houserules.bad.failover.NeedsNimbus;

/** Against the arrows: only as an array's element, which is easily overlooked. */
public interface NeedsFailover {
  NeedsNimbus[] all();
}
