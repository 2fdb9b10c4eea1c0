package io.github.twinpool.token;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** From a string to a token with a right signature, or a {@link TokenValidationException}. */
sealed interface SignatureCheck permits TokenVerifier, CachingVerifier {
  SignedToken verify(@Nullable String jwt);

  /** As {@link #verify}, but never waits, and the exception is in the future. */
  CompletableFuture<SignedToken> verifyAsync(@Nullable String jwt);
}
