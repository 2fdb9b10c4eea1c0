package io.github.twinpool.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were parsed and whose signature was checked, found again by the SHA-256 of the exact
 * token. What is found has to pass every other check again. Thread-safe.
 */
final class TokenCache {
  private final Idle<MessageDigest> digests = new Idle<>();
  private final Cache<TokenDigest, SignedToken> tokens;
  private final int maxTokenLength;

  /**
   * @param maxBytes how much memory all entries together may take, about
   * @param maxTokenLength longer tokens are not even hashed
   */
  TokenCache(long maxBytes, int maxTokenLength) {
    this.maxTokenLength = maxTokenLength;
    tokens =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((TokenDigest digest, SignedToken token) -> TokenWeight.of(token.claims()))
            .recordStats()
            .executor(Runnable::run)
            .build();
  }

  /** The token's digest, null for what cannot be here anyway. */
  @Nullable TokenDigest digest(@Nullable String jwt) {
    return jwt == null || jwt.length() > maxTokenLength ? null : TokenDigest.of(jwt, digests);
  }

  /** A token whose key is still trusted, null if there is none. */
  @Nullable SignedToken find(TokenDigest digest) {
    SignedToken found = tokens.getIfPresent(digest);
    if (found == null || found.keyIsTrusted()) {
      return found;
    }
    tokens.asMap().remove(digest, found);
    return null;
  }

  void put(TokenDigest digest, SignedToken token) {
    tokens.put(digest, token);
  }

  ValidatorStatus.Cache status() {
    CacheStats stats = tokens.stats();
    long weight = tokens.policy().eviction().orElseThrow().weightedSize().orElse(0);
    return new ValidatorStatus.Cache(
        tokens.estimatedSize(), weight, stats.hitCount(), stats.missCount());
  }
}
