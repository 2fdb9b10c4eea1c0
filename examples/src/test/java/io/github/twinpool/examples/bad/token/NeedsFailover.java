package io.github.twinpool.examples.bad.token;

import io.github.twinpool.examples.bad.failover.NeedsNimbus;

/** Against the arrows: only as an array's element, which is easily overlooked. */
public interface NeedsFailover {
  NeedsNimbus[] all();
}
