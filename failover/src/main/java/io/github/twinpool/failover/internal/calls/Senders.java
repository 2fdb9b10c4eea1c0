package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import io.github.twinpool.failover.internal.regions.HttpAttempt;
import io.github.twinpool.failover.internal.regions.RegionClient;
import io.github.twinpool.failover.internal.regions.Tracing;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;

/**
 * Sends attempts with the SDK's clients of both Regions: on the caller's own thread, on an executor
 * where an HTTP client cannot be aborted or two attempts of a call race, or with the async client.
 */
final class Senders {
  private final Map<RegionRole, RegionClient> regions;
  private final CallPreparation preparation;
  private final BlockingCalls blocking;
  private final AsyncCalls async;
  private final Revocations revocations;
  private final HttpAttempt.Current current;
  private final Tracing tracing;
  private final Executor executor;
  private final Executor aborts;
  private final LongSupplier nanoTime;
  private final boolean onCallersThread;
  private final boolean hedging;

  /**
   * @param executor runs attempts that cannot run on the caller's thread
   * @param aborts runs aborts: each may block for a moment
   * @param hedging whether reads may be asked of two Regions at once
   */
  Senders(
      Map<RegionRole, RegionClient> regions,
      CallPreparation preparation,
      BlockingCalls blocking,
      AsyncCalls async,
      Revocations revocations,
      HttpAttempt.Current current,
      Tracing tracing,
      Executor executor,
      Executor aborts,
      LongSupplier nanoTime,
      boolean hedging) {
    this.regions = Map.copyOf(regions);
    this.preparation = preparation;
    this.blocking = blocking;
    this.async = async;
    this.revocations = revocations;
    this.current = current;
    this.tracing = tracing;
    this.executor = executor;
    this.aborts = aborts;
    this.nanoTime = nanoTime;
    this.hedging = hedging;
    this.onCallersThread = regions.values().stream().allMatch(RegionClient::onCallersThread);
  }

  // ---- blocking

  /** A call of the blocking client. */
  @Nullable Object callBlocking(
      OperationSupport operation,
      CognitoIdentityProviderRequest request,
      RoutedClient.TimeLimits limits,
      Method method)
      throws Throwable {
    CallPreparation.Prepared call = preparation.prepare(operation, request, limits.of(request));
    RoutingNeeds needs = call.needs();
    boolean both = needs.revocation() && regions.size() > 1;
    if (onCallersThread && !(hedging && needs.hedgeable())) {
      BlockingCalls.Send own = (role, attempt) -> here(call, method, role, attempt);
      return both
          ? revocations.revoke(call, own, onExecutor(call, method))
          : blocking.call(call, own);
    }
    AsyncCalls.Send send = onExecutor(call, method);
    return await(both ? revocations.revoke(call, send) : async.call(call, send));
  }

  private @Nullable Object here(
      CallPreparation.Prepared call, Method method, RegionRole role, HttpAttempt attempt)
      throws Exception {
    RegionClient region = region(role);
    if (!region.isWatched()) {
      // What happens below is not known: from here on, everything may have been sent.
      attempt.handOver(null);
      attempt.writes();
    }
    HttpAttempt outer = current.enter(attempt);
    try {
      return method.invoke(region.sync(), limited(call, attempt));
    } finally {
      current.leave(outer);
    }
  }

  /** A later attempt has what is left of the time that the caller has set. */
  private CognitoIdentityProviderRequest limited(
      CallPreparation.Prepared call, HttpAttempt attempt) {
    CognitoIdentityProviderRequest request = call.request();
    if (attempt.number() == 1 || !call.limits().ofUser()) {
      return request;
    }
    Duration left =
        Duration.ofNanos(Math.max(1_000_000, attempt.deadline() - nanoTime.getAsLong()));
    AwsRequestOverrideConfiguration.Builder limited =
        request
            .overrideConfiguration()
            .map(AwsRequestOverrideConfiguration::toBuilder)
            .orElseGet(AwsRequestOverrideConfiguration::builder);
    return (CognitoIdentityProviderRequest)
        request.toBuilder().overrideConfiguration(limited.apiCallTimeout(left).build()).build();
  }

  private RegionClient region(RegionRole role) {
    RegionClient region = regions.get(role);
    if (region == null) {
      throw new IllegalStateException("no client for the " + role);
    }
    return region;
  }

  /** The logging context goes along; nothing else of the caller does. */
  private AsyncCalls.Send onExecutor(CallPreparation.Prepared call, Method method) {
    CallerContext caller = CallerContext.ofThisThread(tracing);
    return (role, attempt) -> {
      Task task = new Task(attempt, () -> here(call, method, role, attempt));
      try {
        executor.execute(() -> caller.run(task));
      } catch (RejectedExecutionException e) {
        return CompletableFuture.failedFuture(
            SdkClientException.create(
                "The executor of this client refused a call: it is full or was shut down", e));
      }
      return task.result();
    };
  }

  private static @Nullable Object await(CompletableFuture<Object> call) throws Throwable {
    try {
      return call.get();
    } catch (ExecutionException e) {
      throw e.getCause() == null ? e : e.getCause();
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw Call.interrupted(e);
    }
  }

  // ---- async

  /** A call of the async client. Whatever goes wrong, it does so in the future. */
  CompletableFuture<Object> callAsync(
      OperationSupport operation,
      CognitoIdentityProviderRequest request,
      RoutedClient.TimeLimits limits,
      Method method) {
    try {
      CallPreparation.Prepared call = preparation.prepare(operation, request, limits.of(request));
      CallerContext caller = CallerContext.ofThisThread(tracing);
      AsyncCalls.Send send = (role, attempt) -> begin(call, caller, method, role, attempt);
      return call.needs().revocation() && regions.size() > 1
          ? revocations.revoke(call, send)
          : async.call(call, send);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Object> begin(
      CallPreparation.Prepared call,
      CallerContext caller,
      Method method,
      RegionRole role,
      HttpAttempt attempt) {
    RegionClient region = region(role);
    if (!region.asyncIsWatched()) {
      attempt.handOver(null);
      attempt.writes();
    }
    CompletableFuture<CompletableFuture<Object>> begun = new CompletableFuture<>();
    caller.run(
        () -> {
          HttpAttempt outer = current.enter(attempt);
          try {
            begun.complete(invoke(method, region, limited(call, attempt)));
          } catch (InvocationTargetException e) {
            begun.complete(CompletableFuture.failedFuture(e.getTargetException()));
          } catch (Throwable e) { // Whatever it is, the call waits for it.
            begun.complete(CompletableFuture.failedFuture(e));
          } finally {
            current.leave(outer);
          }
        });
    return begun.join();
  }

  @SuppressWarnings("unchecked") // Every operation of the async client returns a future.
  private static CompletableFuture<Object> invoke(
      Method method, RegionClient region, CognitoIdentityProviderRequest request)
      throws InvocationTargetException, IllegalAccessException {
    return (CompletableFuture<Object>) method.invoke(region.async(), request);
  }

  /**
   * One attempt of the blocking client on a thread of an executor. Cancelling its result aborts the
   * exchange and interrupts the thread, which is not the caller's.
   */
  private final class Task implements Runnable {
    /** Sends the attempt. */
    interface Body {
      @Nullable Object run() throws Exception;
    }

    private final HttpAttempt attempt;
    private final Body body;
    private final CompletableFuture<Object> result = new CompletableFuture<>();
    private @Nullable Thread runner;
    private boolean cancelled;

    Task(HttpAttempt attempt, Body body) {
      this.attempt = attempt;
      this.body = body;
    }

    CompletableFuture<Object> result() {
      result.whenComplete(
          (value, error) -> {
            if (result.isCancelled()) {
              cancel();
            }
          });
      return result;
    }

    @Override
    public void run() {
      if (!enter()) {
        return;
      }
      try {
        result.complete(body.run());
      } catch (InvocationTargetException e) {
        result.completeExceptionally(e.getTargetException());
      } catch (Throwable e) { // Whatever it is, the caller waits for it.
        result.completeExceptionally(e);
      } finally {
        leave();
      }
    }

    private synchronized boolean enter() {
      if (cancelled) {
        return false;
      }
      runner = Thread.currentThread();
      return true;
    }

    /** From here on cancelling cannot interrupt whatever the thread does next. */
    private synchronized void leave() {
      runner = null;
      if (cancelled) {
        Thread.interrupted();
      }
    }

    private void cancel() {
      synchronized (this) {
        cancelled = true;
        if (runner != null) {
          runner.interrupt();
        }
      }
      attempt.giveUp();
      try {
        aborts.execute(attempt::abort);
      } catch (RejectedExecutionException e) {
        // Closed, and with it the connections.
      } catch (OutOfMemoryError e) {
        attempt.abort(); // The machine has no thread to spare.
      }
    }
  }

  /**
   * The logging and tracing context of the thread that made a call, for the threads of ours that
   * its attempts run on.
   */
  private static final class CallerContext {
    private final @Nullable Map<String, String> logging;
    private final UnaryOperator<Runnable> tracing;

    private CallerContext(@Nullable Map<String, String> logging, UnaryOperator<Runnable> tracing) {
      this.logging = logging;
      this.tracing = tracing;
    }

    static CallerContext ofThisThread(Tracing tracing) {
      return new CallerContext(MDC.getCopyOfContextMap(), tracing.contextOfThisThread());
    }

    /** Runs a step in this context; the thread gets back its own, since it may be the caller's. */
    void run(Runnable traced) {
      Runnable step = tracing.apply(traced);
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
}
