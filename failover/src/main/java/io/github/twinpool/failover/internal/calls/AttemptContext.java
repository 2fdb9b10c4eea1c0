package io.github.twinpool.failover.internal.calls;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The logging context of the thread that made a call, for the threads that its attempts run on: the
 * second attempt begins on a thread of ours, which has none.
 */
final class AttemptContext {
  private final @Nullable Map<String, String> context;

  private AttemptContext(@Nullable Map<String, String> context) {
    this.context = context;
  }

  static AttemptContext ofThisThread() {
    return new AttemptContext(MDC.getCopyOfContextMap());
  }

  /** The task with this context; the thread gets back its own, since it may be the caller's. */
  Runnable around(Runnable task) {
    if (context == null || context.isEmpty()) {
      return task;
    }
    return () -> {
      Map<String, String> before = MDC.getCopyOfContextMap();
      MDC.setContextMap(context);
      try {
        task.run();
      } finally {
        if (before == null) {
          MDC.clear();
        } else {
          MDC.setContextMap(before);
        }
      }
    };
  }
}
