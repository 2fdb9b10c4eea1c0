package io.github.twinpool.token;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * From a string to a token with a right signature: form, issuer, key, signature, in this order, so
 * that a stranger's token causes no fetch.
 */
final class TokenVerifier {
  private final TokenParser parser;
  private final Map<String, TrustedIssuer> issuers;
  private final Executor executor;
  private final Duration patience;

  /**
   * @param issuers the closed set, by their exact {@code iss}
   * @param executor completes asynchronous calls that had to wait for a key
   * @param patience the longest that a caller waits; the rounds of {@link PoolKeys} end before
   */
  TokenVerifier(
      TokenParser parser,
      Map<String, TrustedIssuer> issuers,
      Executor executor,
      Duration patience) {
    this.parser = parser;
    this.issuers = Map.copyOf(issuers);
    this.executor = executor;
    this.patience = patience;
  }

  SignedToken verify(@Nullable String jwt) {
    ParsedToken token = parse(jwt);
    TrustedIssuer issuer = trusted(token);
    List<SigningKey> here = issuer.keys().here(token.keyId());
    return signed(token, issuer, here.isEmpty() ? await(issuer, token.keyId()) : here);
  }

  CompletableFuture<SignedToken> verifyAsync(@Nullable String jwt) {
    try {
      ParsedToken token = parse(jwt);
      TrustedIssuer issuer = trusted(token);
      List<SigningKey> here = issuer.keys().here(token.keyId());
      return here.isEmpty()
          ? issuer
              .keys()
              .find(token.keyId())
              .thenApplyAsync(found -> signed(token, issuer, found), executor)
          : CompletableFuture.completedFuture(signed(token, issuer, here));
    } catch (TokenValidationException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Null is what frameworks hand over for a missing header, whatever the annotations say. */
  private ParsedToken parse(@Nullable String jwt) {
    if (jwt == null) {
      throw new InvalidTokenException(RejectionCode.NOT_A_JWT);
    }
    return parser.parse(jwt);
  }

  private TrustedIssuer trusted(ParsedToken token) {
    TrustedIssuer issuer = issuers.get(token.issuer());
    if (issuer == null) {
      throw new InvalidTokenException(RejectionCode.ISSUER_NOT_TRUSTED);
    }
    return issuer;
  }

  private List<SigningKey> await(TrustedIssuer issuer, String keyId) {
    try {
      return issuer.keys().find(keyId).get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KeysUnavailableException unavailable) {
        throw unavailable;
      }
      throw new IllegalStateException("the look-up of a key failed", e);
    } catch (TimeoutException e) {
      throw new KeysUnavailableException(issuer.pool().id(), List.of());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeysUnavailableException(issuer.pool().id(), List.of());
    }
  }

  private static SignedToken signed(
      ParsedToken token, TrustedIssuer issuer, List<SigningKey> candidates) {
    if (candidates.isEmpty()) {
      throw new InvalidTokenException(RejectionCode.UNKNOWN_KEY);
    }
    for (SigningKey key : candidates) {
      if (key.signed(token)) {
        return new SignedToken(issuer, key, token.claims());
      }
    }
    throw new InvalidTokenException(RejectionCode.SIGNATURE_INVALID);
  }
}
