package io.github.twinpool.signin;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import io.github.twinpool.signin.AuthorizationException.Reason;
import io.github.twinpool.token.IdToken;
import io.github.twinpool.token.InvalidTokenException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Exchanges a code for tokens, once, where it was issued, and checks the ID token. */
final class CodeExchange {
  private final DomainCalls calls;
  private final AuthorizationCodeSettings settings;

  CodeExchange(DomainCalls calls, AuthorizationCodeSettings settings) {
    this.calls = calls;
    this.settings = settings;
  }

  /** Fails with an {@link AuthorizationException}, or with an outage of the keys. */
  CompletableFuture<AuthorizationResult> send(LoginAttempt attempt, String code) {
    Instant sent = settings.domain().clock().instant();
    AuthorizationCodeGrant grant =
        new AuthorizationCodeGrant(
            new AuthorizationCode(code), settings.redirectUri(), attempt.verifier());
    return calls
        .sendOnce(
            attempt.role(),
            TokenEndpoint.PATH,
            address ->
                TokenEndpoint.request(
                    address, settings.clientId(), settings.secret().value(), grant, null))
        .thenApply(TokenEndpoint::tokens)
        .thenApply(tokens -> TokenEndpoint.tokenSet(tokens, null, sent))
        .exceptionallyCompose(CodeExchange::failed)
        .thenCompose(tokens -> checked(attempt, tokens));
  }

  private static CompletableFuture<TokenSet> failed(Throwable error) {
    Throwable cause = Calls.unwrapped(error);
    if (cause instanceof DomainUnavailableException
        || (cause instanceof OAuthErrorException busy && busy.retryable())) {
      return CompletableFuture.failedFuture(new AuthorizationException(Reason.INTERRUPTED, cause));
    }
    if (cause instanceof OAuthErrorException refusal) {
      Reason reason = refusal.is("invalid_grant") ? Reason.CODE : Reason.CLIENT;
      return CompletableFuture.failedFuture(new AuthorizationException(reason, cause));
    }
    return CompletableFuture.failedFuture(cause);
  }

  private CompletableFuture<AuthorizationResult> checked(LoginAttempt attempt, TokenSet tokens) {
    return settings
        .validator()
        .validateIdTokenAsync(tokens.idToken(), attempt.nonce().getValue())
        .exceptionallyCompose(CodeExchange::badToken)
        .thenApply(
            idToken -> {
              if (!isOurs(idToken) || !belongsTo(idToken, tokens.accessToken())) {
                throw new AuthorizationException(Reason.ID_TOKEN);
              }
              return new AuthorizationResult(tokens, idToken, attempt.returnTarget());
            });
  }

  private static CompletableFuture<IdToken> badToken(Throwable error) {
    Throwable cause = Calls.unwrapped(error);
    return CompletableFuture.failedFuture(
        cause instanceof InvalidTokenException
            ? new AuthorizationException(Reason.ID_TOKEN, cause)
            : cause);
  }

  /** The validator may know more clients and pools than this sign-in is for. */
  private boolean isOurs(IdToken idToken) {
    return idToken.clientId().equals(settings.clientId())
        && idToken.userPool().id().equals(settings.cognito().userPool().id());
  }

  /** {@code at_hash}, where there is one (OpenID Connect Core, section 3.1.3.6). */
  private static boolean belongsTo(IdToken idToken, String accessToken) {
    Object hash = idToken.claims().get("at_hash");
    return hash == null
        || AccessTokenHash.compute(new BearerAccessToken(accessToken), JWSAlgorithm.RS256, null)
            .getValue()
            .equals(hash);
  }
}
