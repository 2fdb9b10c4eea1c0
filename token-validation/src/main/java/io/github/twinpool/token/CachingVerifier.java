package io.github.twinpool.token;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Verifies each token once, as long as its key is trusted. Refusals are not remembered. */
final class CachingVerifier implements SignatureCheck {
  private final SignatureCheck verifier;
  private final TokenCache cache;

  CachingVerifier(SignatureCheck verifier, TokenCache cache) {
    this.verifier = verifier;
    this.cache = cache;
  }

  @Override
  public SignedToken verify(@Nullable String jwt) {
    TokenDigest digest = cache.digest(jwt);
    SignedToken cached = find(digest);
    return cached != null ? cached : kept(digest, verifier.verify(jwt));
  }

  @Override
  public CompletableFuture<SignedToken> verifyAsync(@Nullable String jwt) {
    TokenDigest digest = cache.digest(jwt);
    SignedToken cached = find(digest);
    return cached != null
        ? CompletableFuture.completedFuture(cached)
        : verifier.verifyAsync(jwt).thenApply(signed -> kept(digest, signed));
  }

  private @Nullable SignedToken find(@Nullable TokenDigest digest) {
    return digest == null ? null : cache.find(digest);
  }

  private SignedToken kept(@Nullable TokenDigest digest, SignedToken signed) {
    if (digest != null) {
      cache.put(digest, signed);
    }
    return signed;
  }
}
