package io.github.twinpool.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * Who may cause a fetch: key IDs are chosen by strangers. A key that was not found is remembered
 * for a while, and fetches for unknown keys keep their distance. Used on the loop only.
 */
final class UnknownKeys {
  private static final int MAX_REMEMBERED = 1_000;

  private final RefreshLoop loop;
  private final long spacing;
  private final Cache<String, Boolean> absent;
  private @Nullable Long lastFetch;

  UnknownKeys(KeyPolicy policy, RefreshLoop loop) {
    this.loop = loop;
    spacing = policy.refetchSpacing().toNanos();
    absent =
        Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(policy.unknownKeyMemory())
            .ticker(loop::nanoTime)
            .executor(Runnable::run)
            .build();
  }

  /** Whether to fetch for a key that is not here; a yes is charged to the budget. */
  boolean mayFetch(String keyId) {
    long now = loop.nanoTime();
    boolean early = lastFetch != null && now - lastFetch < spacing;
    if (early || absent.getIfPresent(keyId) != null) {
      return false;
    }
    lastFetch = now;
    return true;
  }

  /** The sources were asked for this key and did not have it. */
  void remember(String keyId) {
    absent.put(keyId, true);
  }
}
