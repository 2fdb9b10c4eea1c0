package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Asks a second Region when the first takes long, and takes the first success. A refusal (4xx) by
 * the secondary never beats a primary that has not answered yet: it may know of a change that has
 * not been replicated.
 */
final class HedgedCall {
  private final RegionRole first;
  private final Function<RegionRole, CompletableFuture<Object>> begin;
  private final CompletableFuture<Object> result = new CompletableFuture<>();

  private @Nullable CompletableFuture<Object> firstCall;
  private @Nullable CompletableFuture<Object> secondCall;
  private @Nullable Throwable held;
  private int open;

  /**
   * @param begin begins the call in one Region only
   */
  HedgedCall(RegionRole first, Function<RegionRole, CompletableFuture<Object>> begin) {
    this.first = first;
    this.begin = begin;
  }

  CompletableFuture<Object> begin() {
    result.whenComplete((value, error) -> cancelAll());
    synchronized (this) {
      open = 1;
    }
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
            result.complete(value);
          } else {
            failed(role, error);
          }
        });
  }

  private void failed(RegionRole role, Throwable error) {
    boolean refusal = error instanceof SdkServiceException it && it.statusCode() < 500;
    boolean askOther;
    Throwable last = null;
    synchronized (this) {
      open--;
      askOther = !refusal && secondCall == null;
      boolean othersPending = open > 0;
      boolean final4xx = refusal && (role == RegionRole.PRIMARY || !othersPending);
      if (held == null || refusal) {
        held = error;
      }
      if (final4xx || (!othersPending && !askOther)) {
        last = final4xx ? error : held;
      }
    }
    if (askOther) {
      hedge();
    } else if (last != null) {
      result.completeExceptionally(last);
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
