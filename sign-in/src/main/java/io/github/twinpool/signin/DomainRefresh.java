package io.github.twinpool.signin;

import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Refreshes at the domain's token endpoint (RFC 6749, section 6), in either Region. A rotating
 * token goes to the other Region only if it was not sent to the first.
 */
final class DomainRefresh implements TokenRefresh {
  private final DomainCalls calls;
  private final String clientId;
  private final ClientSecret secret;
  private final BooleanSupplier declared;
  private volatile boolean seen;

  /**
   * @param declared whether the application says that this app client's refresh tokens rotate
   */
  DomainRefresh(DomainCalls calls, String clientId, ClientSecret secret, BooleanSupplier declared) {
    this.calls = calls;
    this.clientId = clientId;
    this.secret = secret;
    this.declared = declared;
  }

  @Override
  public boolean rotates() {
    return seen || declared.getAsBoolean();
  }

  @Override
  public CompletableFuture<TokenSet> refresh(
      TokenSet tokens, String refreshToken, InstantSource clock) {
    Instant sent = clock.instant();
    RefreshTokenGrant grant = new RefreshTokenGrant(new RefreshToken(refreshToken));
    return calls
        .send(
            TokenEndpoint.PATH,
            rotates() ? DomainCalls.Moves.IF_NOT_SENT : DomainCalls.Moves.ELSEWHERE,
            address -> TokenEndpoint.request(address, clientId, secret.value(), grant, null))
        .thenApply(TokenEndpoint::tokens)
        .thenApply(fresh -> TokenEndpoint.tokenSet(fresh, refreshToken, sent))
        .thenApply(
            fresh -> {
              if (!fresh.refreshToken().equals(tokens.refreshToken())) {
                seen = true;
              }
              return fresh;
            });
  }
}
