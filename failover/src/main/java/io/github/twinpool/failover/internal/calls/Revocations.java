package io.github.twinpool.failover.internal.calls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.CallReport.Reason;
import io.github.twinpool.failover.FailoverListener.LostRevocation;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminUserGlobalSignOutRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GlobalSignOutRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RevokeTokenRequest;

/**
 * Calls that end sessions. The primary must learn of every one, whichever Region answers the
 * caller: how a revocation made on the secondary reaches the primary is unpublished [assume: not at
 * all]. So it is brought there in the background and again and again. Bounded; what is lost is
 * logged and told to listeners.
 *
 * <p>A person's last sign-out covers all before it, so it takes their place. RevokeToken has places
 * of its own: the service answers it with success for a token that is revoked already [seen:
 * repost.aws], and perhaps for one that is none, so that its success proves nothing.
 */
final class Revocations implements AutoCloseable {
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

  private final GuardedFailover failover;
  private final BlockingCalls blocking;
  private final AsyncCalls async;
  private final ScheduledExecutorService timer;
  private final Listeners listeners;
  private final Retry retry;
  private volatile boolean closed;

  Revocations(
      GuardedFailover failover,
      BlockingCalls blocking,
      AsyncCalls async,
      ScheduledExecutorService timer,
      Listeners listeners) {
    this.failover = failover;
    this.blocking = blocking;
    this.async = async;
    this.timer = timer;
    this.listeners = listeners;
    this.retry =
        Retry.of(
            "twinpool-revocation",
            RetryConfig.custom()
                .maxAttempts((int) RETENTION.dividedBy(LONGEST_PAUSE))
                .intervalFunction(
                    IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2, 0.5, LONGEST_PAUSE))
                .retryOnException(Revocations::isUnanswered)
                .build());
  }

  /**
   * Ends sessions from the caller's own thread.
   *
   * @param own sends the call
   * @param background sends to the primary what the secondary answers
   */
  @Nullable Object revoke(
      CallPreparation.Prepared call, BlockingCalls.Send own, AsyncCalls.Send background)
      throws Throwable {
    Supplier<CompletableFuture<Object>> toPrimary = () -> toPrimary(call, background);
    if (failover.serving() == RegionRole.PRIMARY) {
      return blocking.call(call.tellingOf(() -> relay(call.request(), toPrimary)), own);
    }
    CompletableFuture<Object> primary = toPrimary.get();
    try {
      return blocking.call(atSecondary(call, primary, toPrimary), own);
    } catch (RuntimeException e) {
      // Then the primary's success will do.
      if (isUnanswered(e) && succeeds(primary)) {
        return primary.join();
      }
      throw e;
    }
  }

  private static boolean succeeds(CompletableFuture<Object> primary) throws Throwable {
    try {
      return primary.handle((value, error) -> error == null).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Call.interrupted(e);
    }
  }

  /** The same for calls whose attempts are futures. */
  CompletableFuture<Object> revoke(CallPreparation.Prepared call, AsyncCalls.Send send) {
    Supplier<CompletableFuture<Object>> toPrimary = () -> toPrimary(call, send);
    if (failover.serving() == RegionRole.PRIMARY) {
      return async.call(call.tellingOf(() -> relay(call.request(), toPrimary)), send);
    }
    CompletableFuture<Object> primary = toPrimary.get();
    return firstChoice(async.call(atSecondary(call, primary, toPrimary), send), primary);
  }

  /**
   * What the secondary accepts is brought to the primary. What it refuses needs no room there:
   * strangers can send any number of tokens that are none.
   */
  private CallPreparation.Prepared atSecondary(
      CallPreparation.Prepared call,
      CompletableFuture<Object> primary,
      Supplier<CompletableFuture<Object>> toPrimary) {
    return call.pinnedTo(RegionRole.SECONDARY, Reason.FIRST)
        .tellingOf(() -> relay(call.request(), firstly(primary, toPrimary)));
  }

  private CompletableFuture<Object> toPrimary(CallPreparation.Prepared call, AsyncCalls.Send send) {
    return failover.primaryDown()
        ? CompletableFuture.failedFuture(SdkClientException.create("The primary is down"))
        : async.callLater(call.pinnedTo(RegionRole.PRIMARY, Reason.RELAY), send);
  }

  /** An attempt that has begun, and only then new ones. */
  private static Supplier<CompletableFuture<Object>> firstly(
      CompletableFuture<Object> begun, Supplier<CompletableFuture<Object>> next) {
    AtomicBoolean taken = new AtomicBoolean();
    return () -> taken.getAndSet(true) ? next.get() : begun;
  }

  /** What the secondary says; if it says nothing, the primary's success will do. */
  private static CompletableFuture<Object> firstChoice(
      CompletableFuture<Object> secondary, CompletableFuture<Object> primary) {
    CompletableFuture<Object> result = new CompletableFuture<>();
    secondary.whenComplete(
        (value, error) -> {
          if (error == null) {
            result.complete(value);
          } else if (!isUnanswered(error)) {
            result.completeExceptionally(error);
          } else {
            primary.whenComplete(
                (answer, failure) -> {
                  if (failure == null) {
                    result.complete(answer);
                  } else {
                    result.completeExceptionally(error);
                  }
                });
          }
        });
    result.whenComplete((value, error) -> secondary.cancel(true));
    return result;
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
      LostRevocation told = new LostRevocation(originJti.orElse(null));
      listeners.tell(listener -> listener.onRevocationLost(told));
    }
  }

  /** What has not been answered by now is lost. */
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
