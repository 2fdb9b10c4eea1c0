package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.failover.FailoverListener;
import java.util.function.Consumer;

/** Those who want to know what happens. */
interface Listeners {
  /** Tells all of them, each event after the one before; returns at once and never fails. */
  void tell(Consumer<FailoverListener> event);
}
