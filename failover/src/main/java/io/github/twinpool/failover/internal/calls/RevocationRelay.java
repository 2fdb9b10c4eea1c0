package io.github.twinpool.failover.internal.calls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GlobalSignOutRequest;

/**
 * Takes revocations to the primary when the secondary answers them, in the background and again and
 * again: how one made on the secondary reaches the primary is unpublished [assume: not at all].
 * Bounded; what is lost is logged and told to listeners.
 */
final class RevocationRelay implements AutoCloseable {
  static final int MOST = 1_000;

  /** The default lifetime of a refresh token: later there is nothing left to revoke. */
  private static final Duration RETENTION = Duration.ofDays(30);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Pattern ORIGIN_JTI =
      Pattern.compile("\"origin_jti\"\\s*:\\s*\"([0-9A-Za-z-]{1,64})\"");
  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.twinpool.failover.MultiRegionCognito");

  /** A session that is signed out twice is to be revoked once. */
  private final Set<CognitoIdentityProviderRequest> pending = ConcurrentHashMap.newKeySet();

  private final ScheduledExecutorService timer;
  private final Listeners listeners;
  private final Retry retry;
  private volatile boolean closed;

  RevocationRelay(ScheduledExecutorService timer, Listeners listeners) {
    this.timer = timer;
    this.listeners = listeners;
    this.retry =
        Retry.of(
            "twinpool-revocation",
            RetryConfig.custom()
                .maxAttempts((int) RETENTION.dividedBy(LONGEST_PAUSE))
                .intervalFunction(
                    IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2, 0.5, LONGEST_PAUSE))
                .retryOnException(RevocationRelay::isUnanswered)
                .build());
  }

  /**
   * Sends a revocation until it is answered; "already revoked" is an answer, too. Only for what a
   * Region has accepted: there is room for {@value #MOST}.
   *
   * @param attempt begins an attempt, and does not wait
   */
  void relay(CognitoIdentityProviderRequest request, Supplier<CompletableFuture<Object>> attempt) {
    if (!pending.add(request)) {
      return;
    }
    if (pending.size() > MOST || closed) {
      lost(request, closed ? "this client was closed" : "too many wait already");
      return;
    }
    Retry.decorateCompletionStage(retry, timer, attempt::get)
        .get()
        .whenComplete(
            (value, error) -> {
              if (error != null && isUnanswered(error)) {
                lost(request, "it was not answered in time");
              } else {
                pending.remove(request);
              }
            });
  }

  /** Whether a Region has not said yes or no. */
  static boolean isUnanswered(Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    return !(cause instanceof SdkServiceException answer)
        || answer.statusCode() >= 500
        || (cause instanceof SdkException it && RetryUtils.isThrottlingException(it));
  }

  private void lost(CognitoIdentityProviderRequest request, String why) {
    if (pending.remove(request)) {
      Optional<String> originJti = originJti(request);
      LOG.warn(
          "A revocation was lost, because {}: session {} lives on in the primary Region",
          why,
          originJti.orElse("(unknown)"));
      listeners.tell(listener -> listener.onRevocationLost(originJti));
    }
  }

  /** What has not been answered by now is lost. */
  @Override
  public void close() {
    closed = true;
    pending.forEach(it -> lost(it, "this client was closed"));
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
