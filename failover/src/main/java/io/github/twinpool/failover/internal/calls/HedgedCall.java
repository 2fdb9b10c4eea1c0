package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.Attempt;
import io.github.twinpool.failover.RegionsUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Asks a second Region when the first takes long or fails, and takes the first success. A refusal
 * (4xx) by the secondary never beats a primary that has not answered yet: the primary may know of a
 * change that has not been replicated. When no Region succeeds the caller gets a Region's answer if
 * there is one, else all attempts.
 */
final class HedgedCall {
  private final String operation;
  private final RegionRole first;
  private final Function<RegionRole, CompletableFuture<Object>> begin;
  private final Consumer<Boolean> afterFailure;
  private final CompletableFuture<Object> result = new CompletableFuture<>();
  private final List<Attempt> attempts = new ArrayList<>(2);

  private @Nullable CompletableFuture<Object> firstCall;
  private @Nullable CompletableFuture<Object> secondCall;
  private @Nullable Throwable refusal;
  private @Nullable Throwable failure;
  private int open = 1;

  /**
   * @param begin begins the call in one Region only; where that does not answer, its future fails
   *     with {@link RegionsUnavailableException}
   * @param afterFailure is told whether a call of which an attempt failed was answered after all
   */
  HedgedCall(
      String operation,
      RegionRole first,
      Function<RegionRole, CompletableFuture<Object>> begin,
      Consumer<Boolean> afterFailure) {
    this.operation = operation;
    this.first = first;
    this.begin = begin;
    this.afterFailure = afterFailure;
  }

  CompletableFuture<Object> begin() {
    result.whenComplete((value, error) -> cancelAll());
    CompletableFuture<Object> call = begin.apply(first);
    synchronized (this) {
      firstCall = call;
    }
    watch(first, call);
    return result;
  }

  /** The first Region has taken long, or has failed: asks the second, once. */
  void hedge() {
    synchronized (this) {
      if (secondCall != null || result.isDone()) {
        return;
      }
      open++;
      secondCall = new CompletableFuture<>();
    }
    CompletableFuture<Object> call = begin.apply(first.other());
    synchronized (this) {
      secondCall = call;
    }
    watch(first.other(), call);
    if (result.isDone()) {
      cancelAll();
    }
  }

  private void watch(RegionRole role, CompletableFuture<Object> call) {
    call.whenComplete(
        (value, error) -> {
          if (error == null) {
            if (result.complete(value)) {
              tellIfFailed(true);
            }
          } else if (error instanceof RegionsUnavailableException unanswered) {
            unanswered(unanswered);
          } else {
            refused(role, error);
          }
        });
  }

  private void unanswered(RegionsUnavailableException error) {
    boolean askOther;
    boolean last;
    synchronized (this) {
      open--;
      attempts.addAll(error.attempts());
      failure = failure == null ? error.getCause() : failure;
      askOther = secondCall == null;
      last = open == 0 && !askOther;
    }
    if (askOther) {
      hedge();
    } else if (last) {
      end();
    }
  }

  /** An answer, or trouble on this side that another Region would not end. */
  private void refused(RegionRole role, Throwable error) {
    boolean last;
    synchronized (this) {
      open--;
      boolean answer = error instanceof SdkServiceException;
      refusal = refusal == null || answer ? error : refusal;
      last = open == 0 || (answer && role == RegionRole.PRIMARY);
    }
    if (last) {
      end();
    }
  }

  private void end() {
    Throwable error;
    synchronized (this) {
      boolean answered = refusal instanceof SdkServiceException;
      error =
          refusal != null && (answered || attempts.isEmpty())
              ? refusal
              : new RegionsUnavailableException(operation, "no Region answered", attempts, failure);
    }
    if (result.completeExceptionally(error)) {
      tellIfFailed(error instanceof SdkServiceException);
    }
  }

  private void tellIfFailed(boolean answered) {
    boolean failed;
    synchronized (this) {
      failed = !attempts.isEmpty();
    }
    if (failed) {
      afterFailure.accept(answered);
    }
  }

  private void cancelAll() {
    CompletableFuture<Object> one;
    CompletableFuture<Object> two;
    synchronized (this) {
      one = firstCall;
      two = secondCall;
    }
    if (one != null) {
      one.cancel(true);
    }
    if (two != null) {
      two.cancel(true);
    }
  }
}
