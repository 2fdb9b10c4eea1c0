package io.github.twinpool.failover.internal.regions;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.Abortable;

/**
 * One call of the SDK's blocking client on a thread of ours. It can be aborted from another thread:
 * a blocked read ignores an interrupt, so the connection is aborted too ({@link
 * AbortableHttpClient}).
 */
public final class SyncAttempt implements Runnable {
  private final Callable<Object> call;
  private final CurrentAttempt current;
  private final boolean watched;
  private final CompletableFuture<Object> result = new CompletableFuture<>();

  private @Nullable Thread runner;
  private @Nullable Abortable exchange;
  private boolean aborted;
  private volatile boolean reachedHttp;

  /**
   * @param watched whether its client's exchanges are known to us: only then does their absence
   *     show that nothing was sent
   */
  public SyncAttempt(Callable<Object> call, CurrentAttempt current, boolean watched) {
    this.call = call;
    this.current = current;
    this.watched = watched;
  }

  /** The end of the call; cancelling it aborts. */
  public CompletableFuture<Object> result() {
    result.whenComplete(
        (value, error) -> {
          if (result.isCancelled()) {
            abort();
          }
        });
    return result;
  }

  @Override
  public void run() {
    if (!enter()) {
      return;
    }
    current.set(this);
    try {
      result.complete(call.call());
    } catch (InvocationTargetException e) {
      fail(e.getTargetException());
    } catch (Throwable e) { // Whatever it is, somebody waits for it.
      fail(e);
    } finally {
      current.remove();
      leave();
    }
  }

  private void fail(Throwable error) {
    result.completeExceptionally(reachedHttp || !watched ? error : new LocalFailure(error));
  }

  private synchronized boolean enter() {
    if (aborted) {
      return false;
    }
    runner = Thread.currentThread();
    return true;
  }

  /** From here on an abort cannot interrupt whatever the thread does next. */
  private synchronized void leave() {
    runner = null;
    exchange = null;
    if (aborted) {
      Thread.interrupted();
    }
  }

  /**
   * Notes the exchange that this attempt is about to wait for.
   *
   * @return whether it may go on
   */
  synchronized boolean waitsFor(Abortable httpExchange) {
    reachedHttp = true;
    exchange = httpExchange;
    return !aborted;
  }

  private void abort() {
    Abortable toAbort;
    synchronized (this) {
      aborted = true;
      toAbort = exchange;
      if (runner != null) {
        runner.interrupt();
      }
    }
    if (toAbort != null) {
      toAbort.abort();
    }
  }
}
