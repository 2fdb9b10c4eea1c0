package io.github.twinpool.signin;

import io.github.twinpool.failover.MultiRegionCognito;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetTokensFromRefreshTokenRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetTokensFromRefreshTokenResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GlobalSignOutRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RevokeTokenRequest;

/** The operations of a {@link TokenSession}, as requests of one app client. */
final class SessionCalls implements TokenRefresh {
  private static final Logger LOG = LoggerFactory.getLogger(TokenSession.class);

  private final MultiRegionCognito cognito;
  private final String clientId;
  private final ClientSecret secret;

  SessionCalls(MultiRegionCognito cognito, String clientId, ClientSecret secret) {
    this.cognito = cognito;
    this.clientId = clientId;
    this.secret = secret;
  }

  @Override
  public boolean rotates() {
    return cognito.rotatesRefreshTokens(clientId);
  }

  /**
   * New tokens. GetTokensFromRefreshToken serves app clients with and without rotation, and takes
   * the client secret itself instead of a SECRET_HASH.
   */
  @Override
  public CompletableFuture<TokenSet> refresh(
      TokenSet tokens, String refreshToken, InstantSource clock) {
    GetTokensFromRefreshTokenRequest request =
        GetTokensFromRefreshTokenRequest.builder()
            .clientId(clientId)
            .clientSecret(secret.value().orElse(null))
            .refreshToken(refreshToken)
            .deviceKey(tokens.deviceKey().orElse(null))
            .build();
    return Calls.async(cognito)
        .send(
            it -> it.getTokensFromRefreshToken(request),
            it -> it.getTokensFromRefreshToken(request))
        .thenApply(GetTokensFromRefreshTokenResponse::authenticationResult)
        .thenApply(
            result ->
                Tokens.of(result, refreshToken, tokens.deviceKey().orElse(null), clock.instant()));
  }

  CompletableFuture<?> revoke(Calls calls, String refreshToken) {
    RevokeTokenRequest request =
        RevokeTokenRequest.builder()
            .clientId(clientId)
            .clientSecret(secret.value().orElse(null))
            .token(refreshToken)
            .build();
    return calls.send(it -> it.revokeToken(request), it -> it.revokeToken(request));
  }

  /**
   * Revokes, while nobody waits, a rotated refresh token that came after its session had ended: the
   * sign-out knew its predecessor only.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits
  void revokeLate(TokenSet old, TokenSet fresh) {
    fresh
        .refreshToken()
        .filter(token -> !old.refreshToken().equals(Optional.of(token)))
        .ifPresent(
            token ->
                revoke(async(), token)
                    .whenComplete(
                        (done, error) -> {
                          if (error != null) {
                            LOG.warn(
                                "A refresh token that came after the sign-out is not revoked: {}",
                                Calls.unwrapped(error).getClass().getSimpleName());
                          }
                        }));
  }

  CompletableFuture<?> signOutEverywhere(Calls calls, String accessToken) {
    GlobalSignOutRequest request = GlobalSignOutRequest.builder().accessToken(accessToken).build();
    return calls.send(it -> it.globalSignOut(request), it -> it.globalSignOut(request));
  }

  Calls blocking() {
    return Calls.blocking(cognito);
  }

  Calls async() {
    return Calls.async(cognito);
  }
}
