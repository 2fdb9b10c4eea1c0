package io.github.twinpool.failover;

import org.jspecify.annotations.Nullable;

/**
 * Which attempt runs on this thread: how the HTTP client below the SDK learns for whom it works.
 */
final class CurrentAttempt {
  @SuppressWarnings("ThreadLocalUsage") // One per client: two clients share nothing mutable.
  private final ThreadLocal<@Nullable SyncAttempt> attempt = new ThreadLocal<>();

  @Nullable SyncAttempt get() {
    return attempt.get();
  }

  void set(SyncAttempt running) {
    attempt.set(running);
  }

  void remove() {
    attempt.remove();
  }
}
