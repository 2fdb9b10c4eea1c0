package io.github.twinpool.failover.internal.calls;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The logging context of the thread that made a call, for the threads of ours that its attempts run
 * on.
 */
final class CallerContext {
  private final @Nullable Map<String, String> logging;

  private CallerContext(@Nullable Map<String, String> logging) {
    this.logging = logging;
  }

  static CallerContext ofThisThread() {
    return new CallerContext(MDC.getCopyOfContextMap());
  }

  /** Runs a step in this context; the thread gets back its own, since it may be the caller's. */
  void run(Runnable step) {
    if (logging == null || logging.isEmpty()) {
      step.run();
      return;
    }
    Map<String, String> before = MDC.getCopyOfContextMap();
    MDC.setContextMap(logging);
    try {
      step.run();
    } finally {
      if (before == null) {
        MDC.clear();
      } else {
        MDC.setContextMap(before);
      }
    }
  }
}
