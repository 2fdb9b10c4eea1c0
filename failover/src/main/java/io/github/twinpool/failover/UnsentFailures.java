package io.github.twinpool.failover;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Marks failures of the async client that came about before a request was handed to the network:
 * credentials that cannot be had because of a refused connection, for one, would look like a Region
 * that refuses.
 */
final class UnsentFailures implements ExecutionInterceptor {
  private static final ExecutionAttribute<Boolean> SENT = new ExecutionAttribute<>("TwinpoolSent");

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    attributes.putAttribute(SENT, true);
  }

  @Override
  public Throwable modifyException(
      Context.FailedExecution context, ExecutionAttributes attributes) {
    Throwable error = context.exception();
    return attributes.getAttribute(SENT) == null ? new LocalFailure(error) : error;
  }
}
