package io.github.twinpool.failover.internal.regions;

import org.jspecify.annotations.Nullable;

/**
 * Which attempt runs on this thread: how the HTTP client below the SDK learns for whom it works.
 */
public final class CurrentAttempt {
  @SuppressWarnings("ThreadLocalUsage") // One per client: two clients share nothing mutable.
  private final ThreadLocal<@Nullable SyncAttempt> attempt = new ThreadLocal<>();

  public @Nullable SyncAttempt get() {
    return attempt.get();
  }

  public void set(SyncAttempt running) {
    attempt.set(running);
  }

  public void remove() {
    attempt.remove();
  }
}
