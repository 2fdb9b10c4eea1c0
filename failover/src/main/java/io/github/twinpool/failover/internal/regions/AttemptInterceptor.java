package io.github.twinpool.failover.internal.regions;

import io.github.twinpool.failover.Attempt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Writes into the SDK's execution attributes which attempt of a call this is, so that interceptors
 * of the user can read it. For the async client it also tells the attempt when its request is
 * handed to the network and when an answer arrives: there, no HTTP client of ours is in between.
 */
final class AttemptInterceptor implements ExecutionInterceptor {
  private static final ExecutionAttribute<HttpAttempt> ATTEMPT =
      new ExecutionAttribute<>("TwinpoolHttpAttempt");

  private final HttpAttempt.Current current;
  private final boolean async;
  private final @Nullable SpanMarks spans;

  /**
   * @param spans marks spans too; null without OpenTelemetry
   */
  AttemptInterceptor(HttpAttempt.Current current, boolean async, @Nullable SpanMarks spans) {
    this.current = current;
    this.async = async;
    this.spans = spans;
  }

  /** Still on the thread that began the attempt. */
  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    HttpAttempt attempt = current.get();
    if (attempt != null) {
      attributes.putAttribute(ATTEMPT, attempt);
      attributes.putAttribute(Attempt.ROLE, attempt.role());
      attributes.putAttribute(Attempt.NUMBER, attempt.number());
      attributes.putAttribute(Attempt.REASON, attempt.reason());
    }
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    HttpAttempt attempt = attributes.getAttribute(ATTEMPT);
    if (attempt == null) {
      return;
    }
    if (spans != null) {
      spans.mark(attempt);
    }
    if (async) {
      attempt.handOver(null);
      attempt.writes();
    }
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    HttpAttempt attempt = async ? attributes.getAttribute(ATTEMPT) : null;
    if (attempt != null) {
      attempt.answering(context.httpResponse().statusCode());
    }
  }
}
