package io.github.twinpool.failover.internal.regions;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.util.function.UnaryOperator;

/** The application's tracing, if it has any. */
public interface Tracing {
  /** Says on the current span, which is the attempt's, which attempt of a call it is. */
  void mark(HttpAttempt attempt);

  /** Says on the current span, which is the caller's, that an attempt begins. */
  void begins(HttpAttempt attempt);

  /** Takes the context of this thread along to another one. */
  UnaryOperator<Runnable> contextOfThisThread();

  /**
   * OpenTelemetry's API if it is there. Nothing of Twinpool needs it.
   *
   * @param loader where it is looked for
   */
  static Tracing find(ClassLoader loader) {
    try {
      Class.forName("io.opentelemetry.api.trace.Span", false, loader);
      return new OpenTelemetry();
    } catch (ClassNotFoundException | LinkageError e) {
      return new None();
    }
  }

  /** No tracing. */
  final class None implements Tracing {
    @Override
    public void mark(HttpAttempt attempt) {}

    @Override
    public void begins(HttpAttempt attempt) {}

    @Override
    public UnaryOperator<Runnable> contextOfThisThread() {
      return UnaryOperator.identity();
    }
  }

  /** By OpenTelemetry's API. Loaded only where that is. */
  final class OpenTelemetry implements Tracing {
    private static final String ROLE = "twinpool.region.role";
    private static final String NUMBER = "twinpool.attempt";
    private static final String REASON = "twinpool.attempt.reason";

    @Override
    public void mark(HttpAttempt attempt) {
      Span.current()
          .setAttribute(ROLE, attempt.role().name())
          .setAttribute(NUMBER, attempt.number())
          .setAttribute(REASON, attempt.reason().name());
    }

    @Override
    public void begins(HttpAttempt attempt) {
      Span.current()
          .addEvent(
              "twinpool.attempt",
              Attributes.builder()
                  .put(ROLE, attempt.role().name())
                  .put(NUMBER, attempt.number())
                  .put(REASON, attempt.reason().name())
                  .build());
    }

    @Override
    public UnaryOperator<Runnable> contextOfThisThread() {
      Context context = Context.current();
      return context == Context.root() ? UnaryOperator.identity() : context::wrap;
    }
  }
}
