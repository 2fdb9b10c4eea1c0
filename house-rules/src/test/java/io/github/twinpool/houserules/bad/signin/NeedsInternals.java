package io.github.twinpool.houserules.bad.signin;

import io.github.twinpool.houserules.bad.failover.internal.there.There;

/** An allowed arrow, into a room that is closed. */
public interface NeedsInternals {
  There there();
}
