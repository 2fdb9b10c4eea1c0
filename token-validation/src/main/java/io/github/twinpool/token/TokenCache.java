package io.github.twinpool.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.MessageDigest;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were parsed and whose signature was checked, found again by the SHA-256 of the exact
 * token. What is found has to pass every other check again. Thread-safe.
 */
final class TokenCache {
  private final Idle<MessageDigest> digests = new Idle<>();
  private final Cache<TokenDigest, SignedToken> tokens;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
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
    if (found != null && found.keyIsTrusted()) {
      hits.increment();
      return found;
    }
    misses.increment();
    if (found != null) {
      tokens.asMap().remove(digest, found);
    }
    return null;
  }

  void put(TokenDigest digest, SignedToken token) {
    tokens.put(digest, token);
  }

  ValidatorStatus.Cache status() {
    long weight = tokens.policy().eviction().orElseThrow().weightedSize().orElse(0);
    return new ValidatorStatus.Cache(tokens.estimatedSize(), weight, hits.sum(), misses.sum());
  }
}
