package io.github.twinpool.signin;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** How a {@link TokenSession} comes by new tokens. */
interface TokenRefresh {
  /** Whether each refresh may use its refresh token up. */
  boolean rotates();

  CompletableFuture<TokenSet> refresh(TokenSet tokens, String refreshToken, InstantSource clock);
}
