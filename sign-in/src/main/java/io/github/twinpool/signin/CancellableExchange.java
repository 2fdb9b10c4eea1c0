package io.github.twinpool.signin;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is under way on behalf of a future of several steps: cancelling that future cancels it, too,
 * so that its connection does not stay. Composed futures do not do so by themselves.
 */
final class CancellableExchange<T> {
  private @Nullable CompletableFuture<T> underWay; // under the lock of this
  private boolean cancelled; // too

  /** Begins a step, unless nobody waits for it any longer. */
  CompletableFuture<T> begun(Supplier<CompletableFuture<T>> step) {
    synchronized (this) {
      if (cancelled) {
        return CompletableFuture.failedFuture(new CancellationException());
      }
    }
    CompletableFuture<T> begun = step.get();
    synchronized (this) {
      underWay = begun;
      if (!cancelled) {
        return begun;
      }
    }
    begun.cancel(true);
    return begun;
  }

  /** The future of all steps, which is given to the caller. */
  @SuppressWarnings("FutureReturnValueIgnored") // only passes a cancellation on
  CompletableFuture<T> endsWith(CompletableFuture<T> all) {
    all.whenComplete(
        (value, error) -> {
          if (all.isCancelled()) {
            cancel();
          }
        });
    return all;
  }

  /** Ends the step under way, and begins no other. */
  void cancel() {
    CompletableFuture<T> last;
    synchronized (this) {
      cancelled = true;
      last = underWay;
    }
    if (last != null) {
      last.cancel(true);
    }
  }
}
