package io.github.twinpool.signin;

import io.github.twinpool.signin.SessionEndedException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One person's tokens, kept fresh. Whoever asks gets valid ones: when they are about to expire, the
 * first to ask starts a refresh in the background and nobody waits for it; only once they have
 * expired do callers wait, all for one refresh. There is no thread and no timer per session.
 *
 * <p>Refreshes are routed: they go to the Region that serves. While neither Region answers, the
 * tokens at hand are served until they expire, and from then on each call throws the outage; the
 * session goes on when a Region does. Only what Cognito says of the refresh token or its user ends
 * a session: {@link SessionEndedException}. A refusal of the app client (a wrong secret) is thrown
 * as Cognito words it once the tokens have expired, and the next call asks again.
 *
 * <p>A rotating refresh token (see {@link
 * io.github.twinpool.failover.MultiRegionCognitoBuilder#refreshRotation(boolean)}) that was sent
 * without an answer is never sent again: the access token is served until it expires, then the
 * session is over with {@link Reason#ROTATION_OUTCOME_UNKNOWN}.
 *
 * <p>Thread-safe. {@code toString} shows no token.
 */
public final class TokenSession {
  private static final Logger LOG = LoggerFactory.getLogger(TokenSession.class);

  /** How long after a failed refresh in the background the next one may start. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final SessionCalls calls;
  private final TokenRefresh refresher;
  private final TokenSessionListener listener;
  private final InstantSource clock;
  private final RefreshAhead refreshAhead;
  private final Object lock = new Object();

  // All under the lock.
  private TokenSet tokens;
  private Instant refreshAt;
  private @Nullable Reason ended;
  private @Nullable Reason unrefreshable;
  private boolean rotates;
  private @Nullable CompletableFuture<TokenSet> refresh;

  TokenSession(
      SessionCalls calls,
      TokenRefresh refresher,
      TokenSet tokens,
      TokenSessionListener listener,
      InstantSource clock,
      RefreshAhead refreshAhead) {
    this.calls = calls;
    this.refresher = refresher;
    this.tokens = tokens;
    this.listener = listener;
    this.clock = clock;
    this.refreshAhead = refreshAhead;
    rotates = refresher.rotates();
    unrefreshable = tokens.refreshToken().isPresent() ? null : Reason.NO_REFRESH_TOKEN;
    refreshAt = refreshAhead.time(clock.instant(), tokens.expiresAt());
  }

  /**
   * Valid tokens; waits only if the last ones have expired.
   *
   * @throws SessionEndedException if the session is over
   * @throws io.github.twinpool.failover.RegionsUnavailableException if the tokens have expired and
   *     neither Region answers; {@link DomainUnavailableException} of a session of {@link
   *     AuthorizationCodeFlow}
   * @throws software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException if
   *     the tokens have expired and Cognito refuses the app client; {@link OAuthErrorException} of
   *     a session of {@link AuthorizationCodeFlow}. The session is not over
   */
  public TokenSet tokens() {
    return Calls.join(tokensAsync());
  }

  /** The same without waiting. */
  public CompletableFuture<TokenSet> tokensAsync() {
    CompletableFuture<TokenSet> answer;
    Runnable next = null; // what is to be done without the lock
    synchronized (lock) {
      boolean valid = isValid();
      Reason over = over();
      boolean due = unrefreshable == null && (!valid || !clock.instant().isBefore(refreshAt));
      if (over != null) {
        if (ended == null && over == Reason.NO_REFRESH_TOKEN) {
          next = () -> tell(() -> listener.ended(over));
        }
        ended = over;
        answer = CompletableFuture.failedFuture(new SessionEndedException(over, null));
      } else if (!due || refresh != null) {
        answer =
            valid || refresh == null ? CompletableFuture.completedFuture(tokens) : refresh.copy();
      } else {
        TokenSet old = tokens;
        String refreshToken = old.refreshToken().orElseThrow();
        CompletableFuture<TokenSet> started = new CompletableFuture<>();
        refresh = started;
        answer = valid ? CompletableFuture.completedFuture(old) : started.copy();
        next = () -> send(old, refreshToken, started);
      }
    }
    if (next != null) {
      next.run();
    }
    return answer;
  }

  /**
   * Why the session is over: the reason that {@link #tokens()} throws. Empty while it serves
   * tokens, also the last ones of a session that cannot be refreshed.
   */
  public Optional<Reason> ended() {
    synchronized (lock) {
      return Optional.ofNullable(over());
    }
  }

  /** Under the lock. */
  private @Nullable Reason over() {
    return ended != null || isValid() ? ended : unrefreshable;
  }

  /** Under the lock. */
  private boolean isValid() {
    return clock.instant().isBefore(tokens.expiresAt());
  }

  private void send(TokenSet old, String refreshToken, CompletableFuture<TokenSet> started) {
    Calls.begin(() -> refresher.refresh(old, refreshToken, clock))
        .whenComplete(
            (fresh, error) -> {
              if (error == null) {
                refreshed(old, fresh, started);
              } else {
                failed(Calls.unwrapped(error), started);
              }
            });
  }

  private void refreshed(TokenSet old, TokenSet fresh, CompletableFuture<TokenSet> started) {
    Reason over;
    synchronized (lock) {
      refresh = null;
      over = ended;
      if (over == null) {
        rotates |= !fresh.refreshToken().equals(old.refreshToken());
        tokens = fresh;
        refreshAt = refreshAhead.time(clock.instant(), fresh.expiresAt());
      }
    }
    if (over != null) {
      calls.revokeLate(old, fresh);
      started.completeExceptionally(new SessionEndedException(over, null));
      return;
    }
    started.complete(fresh);
    tell(() -> listener.refreshed(fresh));
  }

  private void failed(Throwable error, CompletableFuture<TokenSet> started) {
    boolean refused = RefreshFailure.isFinal(error);
    boolean known = refresher.rotates(); // Another session of this app client may have seen it.
    Reason newlyOver = null;
    synchronized (lock) {
      refresh = null;
      refreshAt = clock.instant().plus(refreshAhead.jittered(PAUSE));
      if (ended == null && refused) {
        ended = Reason.REFUSED;
        newlyOver = ended;
      } else if (ended == null
          && (rotates || known)
          && RefreshFailure.mayHaveUsedTheTokenUp(error)) {
        unrefreshable = Reason.ROTATION_OUTCOME_UNKNOWN;
        newlyOver = unrefreshable;
      }
    }
    Throwable told = newlyOver == null ? error : new SessionEndedException(newlyOver, error);
    started.completeExceptionally(told);
    Reason reason = newlyOver;
    if (reason != null) {
      tell(() -> listener.ended(reason));
    } else {
      LOG.debug("Tokens could not be refreshed: {}", error.getClass().getSimpleName());
    }
  }

  /**
   * Ends the session here at once, and revokes the refresh token (RevokeToken): routed, so at both
   * Regions when the primary does not serve. Access tokens stay valid offline until they expire.
   *
   * @throws io.github.twinpool.failover.RegionsUnavailableException if neither Region answers; the
   *     session is over here, and {@code signOut()} can be called again
   */
  public void signOut() {
    Calls.join(signOut(calls.blocking()));
  }

  /** The same without waiting. */
  public CompletableFuture<Void> signOutAsync() {
    return signOut(calls.async());
  }

  /**
   * Ends the session here at once, and all sessions of this person (GlobalSignOut): routed as
   * {@link #signOut()}.
   */
  public void signOutEverywhere() {
    Calls.join(over(calls.signOutEverywhere(calls.blocking(), end().accessToken())));
  }

  /** The same without waiting. */
  public CompletableFuture<Void> signOutEverywhereAsync() {
    return over(calls.signOutEverywhere(calls.async(), end().accessToken()));
  }

  private CompletableFuture<Void> signOut(Calls how) {
    TokenSet last = end();
    return last.refreshToken()
        .map(token -> over(calls.revoke(how, token)))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  private static CompletableFuture<Void> over(CompletableFuture<?> call) {
    return call.thenApply(it -> null);
  }

  private TokenSet end() {
    boolean first;
    TokenSet last;
    synchronized (lock) {
      first = ended == null && unrefreshable != Reason.ROTATION_OUTCOME_UNKNOWN;
      if (ended == null) {
        ended = Reason.SIGNED_OUT;
      }
      last = tokens;
    }
    if (first) {
      tell(() -> listener.ended(Reason.SIGNED_OUT));
    }
    return last;
  }

  private static void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      LOG.warn("A listener of a token session failed; the session goes on", e);
    }
  }

  @Override
  public String toString() {
    synchronized (lock) {
      Reason over = over();
      return "TokenSession[" + (over == null ? tokens.toString() : over) + "]";
    }
  }
}
