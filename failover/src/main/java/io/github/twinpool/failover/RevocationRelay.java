package io.github.twinpool.failover;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GlobalSignOutRequest;

/**
 * Takes revocations to the Region that did not answer them, in the background and again and again:
 * how one made on the secondary reaches the primary is unpublished [assume: not at all]. Bounded;
 * what is lost is told to listeners.
 */
final class RevocationRelay {
  static final int MOST = 1_000;

  /** The default lifetime of a refresh token: later there is nothing left to revoke. */
  private static final Duration RETENTION = Duration.ofDays(30);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Pattern ORIGIN_JTI =
      Pattern.compile("\"origin_jti\"\\s*:\\s*\"([0-9A-Za-z-]{1,64})\"");

  private final AtomicInteger waiting = new AtomicInteger();
  private final ScheduledExecutorService timer;
  private final ListenerDispatcher listeners;
  private final Retry retry;

  RevocationRelay(ScheduledExecutorService timer, ListenerDispatcher listeners) {
    this.timer = timer;
    this.listeners = listeners;
    this.retry =
        Retry.of(
            "twinpool-revocation",
            RetryConfig.custom()
                .maxAttempts((int) RETENTION.dividedBy(LONGEST_PAUSE))
                .intervalFunction(
                    IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2, 0.5, LONGEST_PAUSE))
                .retryOnException(RevocationRelay::unanswered)
                .build());
  }

  /** Sends a revocation until it is answered; "already revoked" is an answer, too. */
  void relay(CognitoIdentityProviderRequest request, Supplier<CompletableFuture<Object>> attempt) {
    if (waiting.incrementAndGet() > MOST) {
      waiting.decrementAndGet();
      lost(request);
      return;
    }
    Retry.decorateCompletionStage(retry, timer, attempt::get)
        .get()
        .whenComplete(
            (value, error) -> {
              waiting.decrementAndGet();
              if (error != null && unanswered(error)) {
                lost(request);
              }
            });
  }

  private static boolean unanswered(Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    return !(cause instanceof SdkServiceException answer)
        || answer.statusCode() >= 500
        || (cause instanceof SdkException it && RetryUtils.isThrottlingException(it));
  }

  private void lost(CognitoIdentityProviderRequest request) {
    Optional<String> originJti = originJti(request);
    listeners.tell(listener -> listener.onRevocationLost(originJti));
  }

  /** The identity of the session, which is no secret; read without trusting the token. */
  private static Optional<String> originJti(CognitoIdentityProviderRequest request) {
    String token = request instanceof GlobalSignOutRequest it ? it.accessToken() : null;
    String[] parts = token == null ? new String[0] : token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      Matcher claim =
          ORIGIN_JTI.matcher(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8));
      return claim.find() ? Optional.of(claim.group(1)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
