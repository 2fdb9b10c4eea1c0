package io.github.twinpool.signin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The token of one set of scopes. When it is about to expire, the first to ask starts a request and
 * nobody waits; once it has expired all wait for one request. After a failure there is a pause, in
 * which the failure is repeated to those who need a token. Thread-safe.
 */
final class MachineTokenSlot {
  /** A token as new as this is not replaced because somebody refused it: money, and no remedy. */
  private static final Duration NEW = Duration.ofSeconds(60);

  private static final Duration PAUSE_AFTER_OUTAGE = Duration.ofSeconds(1);
  private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofSeconds(10);

  private final Supplier<CompletableFuture<MachineToken>> request;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final RefreshAhead refreshAhead;
  private final Object lock = new Object();

  // All under the lock.
  private @Nullable MachineToken token;
  private Instant refreshAt = Instant.MIN;
  private @Nullable CompletableFuture<MachineToken> pending;
  private @Nullable Throwable failure;
  private long pauseEnds;

  MachineTokenSlot(
      Supplier<CompletableFuture<MachineToken>> request,
      InstantSource clock,
      LongSupplier nanoTime,
      RefreshAhead refreshAhead) {
    this.request = request;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.refreshAhead = refreshAhead;
  }

  /** A valid token; the future is done if there is one. */
  CompletableFuture<MachineToken> token() {
    CompletableFuture<MachineToken> started = new CompletableFuture<>();
    MachineToken valid;
    synchronized (lock) {
      Instant now = clock.instant();
      valid = token != null && now.isBefore(token.expiresAt()) ? token : null;
      boolean due = valid == null || !now.isBefore(refreshAt);
      if (valid == null && pending != null) {
        return pending.copy();
      }
      Throwable recent = pausing() ? failure : null;
      if (!due || pending != null || recent != null) {
        return valid == null && recent != null
            ? CompletableFuture.failedFuture(recent)
            : CompletableFuture.completedFuture(valid);
      }
      pending = started;
    }
    start(started);
    return valid == null ? started.copy() : CompletableFuture.completedFuture(valid);
  }

  private boolean pausing() {
    return failure != null && nanoTime.getAsLong() - pauseEnds < 0;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it hands over to another future
  private void start(CompletableFuture<MachineToken> started) {
    Calls.begin(request)
        .whenComplete(
            (fresh, error) -> {
              if (error == null) {
                succeeded(fresh);
                started.complete(fresh);
              } else {
                Throwable cause = Calls.unwrapped(error);
                failed(cause);
                started.completeExceptionally(cause);
              }
            });
  }

  private void succeeded(MachineToken fresh) {
    synchronized (lock) {
      pending = null;
      failure = null;
      token = fresh;
      refreshAt = refreshAhead.time(fresh.issuedAt(), fresh.expiresAt());
    }
  }

  private void failed(Throwable cause) {
    boolean refusal = cause instanceof OAuthErrorException it && !it.retryable();
    Duration pause = refreshAhead.jittered(refusal ? PAUSE_AFTER_REFUSAL : PAUSE_AFTER_OUTAGE);
    synchronized (lock) {
      pending = null;
      failure = cause;
      pauseEnds = nanoTime.getAsLong() + pause.toNanos();
    }
  }

  /** Whether asking again would give another token than this, which somebody has refused. */
  boolean replaceable(MachineToken refused) {
    synchronized (lock) {
      return token != refused || !clock.instant().isBefore(refused.issuedAt().plus(NEW));
    }
  }

  /**
   * Another token than this, which somebody has refused. Until it is here this one is handed out
   * further: one server's refusal must not cost everybody a valid token during an outage.
   */
  CompletableFuture<MachineToken> replacement(MachineToken refused) {
    CompletableFuture<MachineToken> started = new CompletableFuture<>();
    boolean replaced;
    synchronized (lock) {
      replaced = token != refused;
      if (!replaced && pending != null) {
        return pending.copy();
      }
      if (!replaced && pausing() && failure != null) {
        return CompletableFuture.failedFuture(failure);
      }
      if (!replaced) {
        pending = started;
      }
    }
    if (replaced) {
      return token();
    }
    start(started);
    return started.copy();
  }
}
