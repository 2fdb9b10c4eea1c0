package io.github.twinpool.token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * From a string to a token with a right signature: form, issuer, key, signature, in this order, so
 * that a stranger's token causes no fetch.
 */
final class TokenVerifier implements SignatureCheck {
  /** How many asynchronous calls may wait for keys: each holds a token of up to some kilobytes. */
  static final int MAX_WAITING = 4_096;

  private final Semaphore places = new Semaphore(MAX_WAITING);
  private final TokenParser parser;
  private final Map<String, TrustedIssuer> issuers;
  private final Signatures signatures;
  private final Executor executor;
  private final Duration patience;

  /**
   * @param issuers the closed set, by their exact {@code iss}
   * @param signatures checks signatures
   * @param executor completes asynchronous calls that had to wait for a key
   * @param patience the longest that a caller waits; the rounds of {@link PoolKeys} end before
   */
  TokenVerifier(
      TokenParser parser,
      Map<String, TrustedIssuer> issuers,
      Signatures signatures,
      Executor executor,
      Duration patience) {
    this.parser = parser;
    this.issuers = Map.copyOf(issuers);
    this.signatures = signatures;
    this.executor = executor;
    this.patience = patience;
  }

  @Override
  public SignedToken verify(@Nullable String jwt) {
    ParsedToken token = parse(jwt);
    TrustedIssuer issuer = trusted(token);
    List<SigningKey> tried = issuer.keys().here(token.keyId());
    SignedToken signed = signed(token, issuer, tried);
    while (signed == null) {
      List<SigningKey> others = await(issuer, token.keyId(), tried);
      signed = signed(token, issuer, others);
      if (signed == null) {
        tried = all(tried, others);
      }
    }
    return signed;
  }

  @Override
  public CompletableFuture<SignedToken> verifyAsync(@Nullable String jwt) {
    try {
      ParsedToken token = parse(jwt);
      TrustedIssuer issuer = trusted(token);
      List<SigningKey> here = issuer.keys().here(token.keyId());
      SignedToken signed = signed(token, issuer, here);
      return signed != null
          ? CompletableFuture.completedFuture(signed)
          : waiting(token, issuer, here);
    } catch (TokenValidationException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<SignedToken> waiting(
      ParsedToken token, TrustedIssuer issuer, List<SigningKey> tried) {
    if (!places.tryAcquire()) {
      return CompletableFuture.failedFuture(
          new KeysUnavailableException(issuer.pool().id(), MAX_WAITING + " calls wait already"));
    }
    return verifyAsync(token, issuer, tried)
        .whenComplete((signed, failure) -> places.release())
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(whatItMeans(failure, issuer)));
  }

  /** An executor of the application's that is full or closed says nothing about the token. */
  private static Throwable whatItMeans(Throwable failure, TrustedIssuer issuer) {
    return failure instanceof CompletionException
            && failure.getCause() instanceof RejectedExecutionException
        ? new KeysUnavailableException(issuer.pool().id(), "the executor takes no more calls")
        : failure;
  }

  private CompletableFuture<SignedToken> verifyAsync(
      ParsedToken token, TrustedIssuer issuer, List<SigningKey> tried) {
    return issuer
        .keys()
        .find(token.keyId(), tried)
        .handleAsync(
            (found, failure) -> {
              List<SigningKey> others = failure == null ? found : none(tried, failure);
              SignedToken signed = signed(token, issuer, others);
              return signed != null
                  ? CompletableFuture.completedFuture(signed)
                  : verifyAsync(token, issuer, all(tried, others));
            },
            executor)
        .thenCompose(verified -> verified);
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

  private List<SigningKey> await(TrustedIssuer issuer, String keyId, List<SigningKey> here) {
    try {
      return issuer.keys().find(keyId, here).get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      return none(here, e.getCause());
    } catch (TimeoutException e) {
      return none(here, new KeysUnavailableException(issuer.pool().id(), List.of()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return none(here, new KeysUnavailableException(issuer.pool().id(), List.of()));
    }
  }

  /** With a key of that ID at hand, an outage does not make a wrong signature any better. */
  private static List<SigningKey> none(List<SigningKey> here, @Nullable Throwable failure) {
    if (failure instanceof KeysUnavailableException unavailable) {
      if (here.isEmpty()) {
        throw unavailable;
      }
      return List.of();
    }
    throw new IllegalStateException("the look-up of a key failed", failure);
  }

  /** The keys tried so far; when nothing is left to try, the end. */
  private static List<SigningKey> all(List<SigningKey> tried, List<SigningKey> others) {
    if (others.isEmpty()) {
      throw new InvalidTokenException(
          tried.isEmpty() ? RejectionCode.UNKNOWN_KEY : RejectionCode.SIGNATURE_INVALID);
    }
    List<SigningKey> all = new ArrayList<>(tried);
    all.addAll(others);
    return List.copyOf(all);
  }

  private @Nullable SignedToken signed(
      ParsedToken token, TrustedIssuer issuer, List<SigningKey> candidates) {
    for (SigningKey key : candidates) {
      if (signatures.verify(key, token.text(), token.signedLength(), token.signature())) {
        parser.hasRightSignature(token);
        return new SignedToken(issuer, key, token.claims());
      }
    }
    return null;
  }
}
