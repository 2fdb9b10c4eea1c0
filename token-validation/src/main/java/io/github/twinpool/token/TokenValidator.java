package io.github.twinpool.token;

import io.github.twinpool.UserPool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says whether an access or ID token of a Cognito user pool is good, whichever Region minted it.
 *
 * <pre>{@code
 * TokenValidator validator = TokenValidator.builder(pool).clientId("app").build();
 * AccessToken token = validator.validateAccessToken(jwt);
 * }</pre>
 *
 * <p>The pool's keys come from whichever source answers: the host of the UPDATED issuer, the
 * primary Region, the secondary. They are refreshed in the background; once they are here, no
 * caller waits for the network, and tokens are validated for three days without any source. Safe
 * for use by many threads; meant to be shared and to live as long as the application.
 */
public final class TokenValidator implements AutoCloseable {
  private final TokenVerifier verifier;
  private final ValidatorEvents events;
  private final List<PoolKeys> pools;
  private final Runnable closing;
  private final AtomicBoolean closed = new AtomicBoolean();

  TokenValidator(
      TokenVerifier verifier, List<PoolKeys> pools, ValidatorEvents events, Runnable closing) {
    this.verifier = verifier;
    this.pools = List.copyOf(pools);
    this.events = events;
    this.closing = closing;
  }

  /** A validator for the tokens of a pool; more pools can be added. */
  public static Builder builder(UserPool pool) {
    return new Builder(pool);
  }

  /**
   * Validates an access token.
   *
   * @throws InvalidTokenException if it is not to be accepted
   * @throws KeysUnavailableException if nobody can tell, because no source of the pool's keys
   *     answers; after the keys time-out at the latest
   */
  public AccessToken validateAccessToken(String jwt) {
    return events.heard(() -> access(verifier.verify(jwt)));
  }

  /**
   * Validates an ID token. A {@code nonce} in it is not looked at.
   *
   * @throws InvalidTokenException if it is not to be accepted
   * @throws KeysUnavailableException as for access tokens
   */
  public IdToken validateIdToken(String jwt) {
    return events.heard(() -> id(verifier.verify(jwt), null));
  }

  /**
   * Validates an ID token that answers a request with this {@code nonce}.
   *
   * @throws InvalidTokenException if it is not to be accepted
   * @throws KeysUnavailableException as for access tokens
   */
  public IdToken validateIdToken(String jwt, String nonce) {
    return events.heard(() -> id(verifier.verify(jwt), nonce));
  }

  /**
   * As {@link #validateAccessToken(String)}, without blocking. With keys at hand the future is
   * complete on return, else it completes on the builder's executor.
   */
  public CompletableFuture<AccessToken> validateAccessTokenAsync(String jwt) {
    return events.heardAsync(verifier.verifyAsync(jwt).thenApply(TokenValidator::access));
  }

  /** As {@link #validateIdToken(String)}, without blocking. */
  public CompletableFuture<IdToken> validateIdTokenAsync(String jwt) {
    return events.heardAsync(verifier.verifyAsync(jwt).thenApply(token -> id(token, null)));
  }

  /** As {@link #validateIdToken(String, String)}, without blocking. */
  public CompletableFuture<IdToken> validateIdTokenAsync(String jwt, String nonce) {
    return events.heardAsync(verifier.verifyAsync(jwt).thenApply(token -> id(token, nonce)));
  }

  private static AccessToken access(SignedToken token) {
    return token.issuer().rules().accessToken(token.issuer(), token.claims());
  }

  private static IdToken id(SignedToken token, @Nullable String nonce) {
    return token.issuer().rules().idToken(token.issuer(), token.claims(), nonce);
  }

  /** Whether the keys of all pools are here, so that no caller would have to wait. */
  public boolean isReady() {
    return pools.stream().allMatch(PoolKeys::canValidate);
  }

  /** The keys, their ages, and the health of their sources. Never waits. */
  public ValidatorStatus status() {
    return new ValidatorStatus(isReady(), pools.stream().map(PoolKeys::status).toList());
  }

  /**
   * Ends the background refresh and its threads. Callers that wait for keys get a {@link
   * KeysUnavailableException}. A closed validator must not be used.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      closing.run();
    }
  }

  /**
   * Builds a {@link TokenValidator}. The options of {@link PoolOptions} are those of the pool that
   * the builder was made for. May be used for several validators, which share nothing mutable.
   */
  public static final class Builder extends PoolOptions<Builder> {
    final List<AdditionalPool> others = new ArrayList<>();
    final List<TokenCheck> checks = new ArrayList<>();
    final List<TokenValidatorListener> listeners = new ArrayList<>();
    InstantSource clock = InstantSource.system();
    Duration clockSkew = Duration.ZERO;
    int maxTokenLength = 16_384;
    Preload preload = Preload.BACKGROUND;
    Executor executor = ForkJoinPool.commonPool();
    Duration refreshInterval = Duration.ofMinutes(5);
    Duration removedKeyGrace = Duration.ofMinutes(10);
    Duration outageMaxAge = Duration.ofDays(3);
    Duration keysTimeout = Duration.ofSeconds(5);

    private Builder(UserPool pool) {
      super(pool);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Accepts the tokens of one more pool. Keys, app clients, scopes and groups of the pools are
     * kept apart.
     */
    public Builder pool(UserPool pool, Consumer<? super PoolOptions<?>> options) {
      AdditionalPool other = new AdditionalPool(pool);
      options.accept(other);
      others.add(other);
      return this;
    }

    /** Wall time for {@code exp}, {@code nbf} and {@code iat}. Default: the system's. */
    public Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /** How far this clock and Cognito's may be apart, zero to five minutes. Default: zero. */
    public Builder clockSkew(Duration skew) {
      clockSkew = Checks.duration("clockSkew", skew, Duration.ZERO, Duration.ofMinutes(5));
      return this;
    }

    /** The longest token that is looked at, in characters, 1,024 to 131,072. Default: 16,384. */
    public Builder maxTokenLength(int characters) {
      maxTokenLength = Checks.number("maxTokenLength", characters, 1_024, 131_072);
      return this;
    }

    /** When to fetch keys for the first time. Default: in the background. */
    public Builder preload(Preload preload) {
      this.preload = preload;
      return this;
    }

    /** Completes asynchronous calls that waited for keys. Default: the JVM's common pool. */
    public Builder executor(Executor executor) {
      this.executor = executor;
      return this;
    }

    /** Hears of fetches, failures and rejections. Default: nobody. Can be called repeatedly. */
    public Builder listener(TokenValidatorListener listener) {
      listeners.add(listener);
      return this;
    }

    /** A check of your own on the tokens of all pools. Default: none. Can be called repeatedly. */
    public Builder check(TokenCheck check) {
      checks.add(check);
      return this;
    }

    /** The age at which keys are refreshed at the latest, 30 s to 24 h. Default: 5 minutes. */
    public Builder refreshInterval(Duration interval) {
      refreshInterval =
          Checks.duration(
              "refreshInterval", interval, Duration.ofSeconds(30), Duration.ofHours(24));
      return this;
    }

    /**
     * How long a key is still accepted after the fetch that missed it, zero to 24 h. Default: 10
     * minutes.
     */
    public Builder removedKeyGrace(Duration grace) {
      removedKeyGrace =
          Checks.duration("removedKeyGrace", grace, Duration.ZERO, Duration.ofHours(24));
      return this;
    }

    /**
     * How long keys are accepted after the last successful fetch, 1 minute to 30 days. Default: 72
     * hours.
     */
    public Builder outageMaxAge(Duration age) {
      outageMaxAge =
          Checks.duration("outageMaxAge", age, Duration.ofMinutes(1), Duration.ofDays(30));
      return this;
    }

    /**
     * The longest that a caller waits while there are no keys, 100 ms to 1 minute. Default: 5 s.
     */
    public Builder keysTimeout(Duration timeout) {
      keysTimeout =
          Checks.duration("keysTimeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(1));
      return this;
    }

    /**
     * The validator. Throws nothing because of an outage.
     *
     * @throws IllegalArgumentException if a pool has neither {@code clientId} nor {@code
     *     anyClient}, or both, or appears twice
     */
    public TokenValidator build() {
      Set<String> ids = new HashSet<>();
      for (PoolOptions<?> options : pools()) {
        options.check();
        if (!ids.add(options.pool.id())) {
          throw new IllegalArgumentException("pool '" + options.pool.id() + "': added twice");
        }
      }
      return Assembly.production(this).build();
    }

    List<PoolOptions<?>> pools() {
      List<PoolOptions<?>> pools = new ArrayList<>(List.of(this));
      pools.addAll(others);
      return pools;
    }
  }
}
