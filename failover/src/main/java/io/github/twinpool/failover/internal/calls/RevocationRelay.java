package io.github.twinpool.failover.internal.calls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminUserGlobalSignOutRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GlobalSignOutRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RevokeTokenRequest;

/**
 * Takes revocations to the primary when the secondary answers them, in the background and again and
 * again: how one made on the secondary reaches the primary is unpublished [assume: not at all].
 * Bounded; what is lost is logged and told to listeners.
 *
 * <p>A person's last sign-out covers all before it, so it takes their place. RevokeToken has places
 * of its own: the service answers it with success for a token that is revoked already [seen:
 * repost.aws], and perhaps for one that is none, so that its success proves nothing.
 */
final class RevocationRelay implements AutoCloseable {
  static final int MOST = 1_000;

  /** The default lifetime of a refresh token: later there is nothing left to revoke. */
  private static final Duration RETENTION = Duration.ofDays(30);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Pattern ORIGIN_JTI =
      Pattern.compile("\"origin_jti\"\\s*:\\s*\"([0-9A-Za-z-]{1,64})\"");
  private static final Pattern SUBJECT =
      Pattern.compile("\"sub\"\\s*:\\s*\"([0-9A-Za-z-]{1,64})\"");
  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.twinpool.failover.MultiRegionCognito");

  /** What waits, by what it revokes: the last request for the same counts. */
  private final Map<String, Waiting> signOuts = new ConcurrentHashMap<>();

  private final Map<String, Waiting> tokens = new ConcurrentHashMap<>();

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

  /** A revocation, and what begins an attempt and does not wait. */
  private record Waiting(
      CognitoIdentityProviderRequest request, Supplier<CompletableFuture<Object>> attempt) {
    @Override
    public String toString() {
      return "Waiting";
    }
  }

  /**
   * Sends a revocation until it is answered; "already revoked" is an answer, too. Only for what a
   * Region has accepted: there is room for {@value #MOST} sign-outs and as many tokens.
   *
   * @param attempt begins an attempt, and does not wait
   */
  void relay(CognitoIdentityProviderRequest request, Supplier<CompletableFuture<Object>> attempt) {
    Map<String, Waiting> pending = request instanceof RevokeTokenRequest ? tokens : signOuts;
    String revoked = revokedBy(request);
    if (pending.put(revoked, new Waiting(request, attempt)) != null) {
      return; // The sender of the one before takes this one next.
    }
    if (pending.size() > MOST || closed) {
      lost(pending, revoked, closed ? "this client was closed" : "too many wait already");
      return;
    }
    send(pending, revoked);
  }

  private void send(Map<String, Waiting> pending, String revoked) {
    AtomicReference<@Nullable Waiting> told = new AtomicReference<>();
    Retry.decorateCompletionStage(
            retry,
            timer,
            () -> {
              Waiting last = pending.get(revoked);
              told.set(last);
              return last == null
                  ? CompletableFuture.completedFuture(null) // Lost, and said so.
                  : last.attempt().get();
            })
        .get()
        .whenComplete(
            (value, error) -> {
              Waiting done = told.get();
              if (error != null && isUnanswered(error)) {
                lost(pending, revoked, "it was not answered in time");
              } else if (done != null
                  && !pending.remove(revoked, done)
                  && pending.containsKey(revoked)) {
                send(pending, revoked); // Another one has come meanwhile.
              }
            });
  }

  /** What a request revokes: a person's sessions, or one token and what came of it. */
  private static String revokedBy(CognitoIdentityProviderRequest request) {
    if (request instanceof RevokeTokenRequest it) {
      return String.valueOf(it.token());
    }
    if (request instanceof AdminUserGlobalSignOutRequest it) {
      return "name " + it.username();
    }
    String subject = claim(request, SUBJECT).orElse(null);
    return request instanceof GlobalSignOutRequest it && subject == null
        ? "token " + it.accessToken()
        : "sub " + subject;
  }

  /** Whether a Region has not said yes or no. */
  static boolean isUnanswered(Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    return !(cause instanceof SdkServiceException answer)
        || answer.statusCode() >= 500
        || (cause instanceof SdkException it && RetryUtils.isThrottlingException(it));
  }

  private void lost(Map<String, Waiting> pending, String revoked, String why) {
    Waiting lost = pending.remove(revoked);
    if (lost != null) {
      Optional<String> originJti = claim(lost.request(), ORIGIN_JTI);
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
    for (Map<String, Waiting> pending : List.of(signOuts, tokens)) {
      pending.keySet().forEach(it -> lost(pending, it, "this client was closed"));
    }
  }

  /**
   * The identity of a session or of a person, which is no secret. Read without trusting the token:
   * a Region has accepted it. Empty if the name is there twice: a trigger of the pool's may have
   * added another one further down.
   */
  private static Optional<String> claim(CognitoIdentityProviderRequest request, Pattern name) {
    String token = request instanceof GlobalSignOutRequest it ? it.accessToken() : null;
    String[] parts = token == null ? new String[0] : token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      Matcher claim = name.matcher(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8));
      List<String> found = claim.results().map(it -> it.group(1)).limit(2).toList();
      return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
