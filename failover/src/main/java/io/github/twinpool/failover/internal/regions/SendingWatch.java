package io.github.twinpool.failover.internal.regions;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Tells which failures of the async client came about before a request was handed to the network:
 * credentials that cannot be had because of a refused connection, for one, would look like a Region
 * that refuses. The SDK asks for them before and after it calls interceptors, so a failure is local
 * unless an interceptor has seen the request leave.
 */
public final class SendingWatch implements ExecutionInterceptor {
  private static final ExecutionAttribute<Runnable> ON_SENDING =
      new ExecutionAttribute<>("TwinpoolOnSending");

  @SuppressWarnings("ThreadLocalUsage") // One per client: two clients share nothing mutable.
  private final ThreadLocal<@Nullable AtomicBoolean> beginning = new ThreadLocal<>();

  /** Begins an attempt; one that was not sent fails with {@link LocalFailure}. */
  public CompletableFuture<Object> watch(Callable<CompletableFuture<Object>> begin)
      throws Exception {
    AtomicBoolean sent = new AtomicBoolean();
    CompletableFuture<Object> attempt;
    beginning.set(sent);
    try {
      attempt = begin.call();
    } finally {
      beginning.remove();
    }
    CompletableFuture<Object> result = new CompletableFuture<>();
    attempt.whenComplete(
        (value, error) -> {
          if (error == null) {
            result.complete(value);
          } else {
            result.completeExceptionally(
                sent.get() || isAnswer(error) ? error : new LocalFailure(error));
          }
        });
    result.whenComplete(
        (value, error) -> {
          if (result.isCancelled()) {
            attempt.cancel(true);
          }
        });
    return result;
  }

  private static boolean isAnswer(Throwable error) {
    return Causes.unwrapped(error) instanceof SdkServiceException;
  }

  /** Still on the thread that began it. */
  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    AtomicBoolean sent = beginning.get();
    if (sent != null) {
      attributes.putAttribute(ON_SENDING, () -> sent.set(true));
    }
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    RegionClientFactory.requireSafe(context.httpRequest());
    Runnable onSending = attributes.getAttribute(ON_SENDING);
    if (onSending != null) {
      onSending.run();
    }
  }
}
