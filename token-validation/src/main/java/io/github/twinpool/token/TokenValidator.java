package io.github.twinpool.token;

import io.github.twinpool.UserPool;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
  private final SignatureCheck verifier;
  private final @Nullable TokenCache cache;
  private final ValidatorEvents events;
  private final List<PoolKeys> pools;
  private final Set<String> accessTokenRequirements;
  private final Runnable closing;
  private final AtomicBoolean closed = new AtomicBoolean();

  TokenValidator(
      SignatureCheck verifier,
      @Nullable TokenCache cache,
      List<PoolKeys> pools,
      ValidatorEvents events,
      Set<String> accessTokenRequirements,
      Runnable closing) {
    this.verifier = verifier;
    this.cache = cache;
    this.pools = List.copyOf(pools);
    this.events = events;
    this.accessTokenRequirements = Set.copyOf(accessTokenRequirements);
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
   * Validates an ID token that a caller shows, or that the API's sign-in returned. A {@code nonce}
   * in it is not looked at. No ID token has the scopes of {@code requireScopes} or the resource of
   * {@code requireAudience}: with either of them, ID tokens of that pool are refused here, with
   * SCOPE_MISSING or WRONG_AUDIENCE. Where an application wants both kinds, it must have two
   * validators.
   *
   * @throws InvalidTokenException if it is not to be accepted
   * @throws KeysUnavailableException as for access tokens
   */
  public IdToken validateIdToken(String jwt) {
    return events.heard(() -> id(verifier.verify(jwt)));
  }

  /**
   * Validates an ID token that answers your own sign-in request with this {@code nonce}. It says
   * who signed in and opens nothing, so {@code requireScopes} and {@code requireAudience} are not
   * asked of it: it must not be taken for a credential of your API.
   *
   * @param nonce as your session has kept it. Null and the empty text, which a lost session gives,
   *     answer no request: the token is refused with WRONG_NONCE
   * @throws InvalidTokenException if it is not to be accepted
   * @throws KeysUnavailableException as for access tokens
   */
  public IdToken validateIdToken(String jwt, @Nullable String nonce) {
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
    return events.heardAsync(verifier.verifyAsync(jwt).thenApply(TokenValidator::id));
  }

  /** As {@link #validateIdToken(String, String)}, without blocking. */
  public CompletableFuture<IdToken> validateIdTokenAsync(String jwt, @Nullable String nonce) {
    return events.heardAsync(verifier.verifyAsync(jwt).thenApply(token -> id(token, nonce)));
  }

  private static AccessToken access(SignedToken token) {
    return token.issuer().rules().accessToken(token);
  }

  private static IdToken id(SignedToken token) {
    return token.issuer().rules().idToken(token);
  }

  private static IdToken id(SignedToken token, @Nullable String nonce) {
    return token.issuer().rules().idToken(token, nonce);
  }

  /**
   * Those of {@code requireScopes} and {@code requireAudience} that are set for any pool: no ID
   * token meets them. Unmodifiable; empty if {@link #validateIdToken(String)} can accept tokens of
   * all pools.
   */
  public Set<String> accessTokenRequirements() {
    return accessTokenRequirements;
  }

  /** Whether the keys of all pools are here, so that no caller would have to wait. */
  public boolean isReady() {
    return pools.stream().allMatch(PoolKeys::canValidate);
  }

  /** The keys, their ages, and the health of their sources. Never waits. */
  public ValidatorStatus status() {
    return new ValidatorStatus(
        isReady(),
        pools.stream().map(PoolKeys::status).toList(),
        cache == null ? null : cache.status(),
        events.rejections());
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
   * the builder was made for, those of {@link ValidatorOptions} are for all pools. May be used for
   * several validators, which share nothing mutable.
   */
  public static final class Builder extends ValidatorOptions<Builder> {
    final List<AdditionalPool> others = new ArrayList<>();

    private Builder(UserPool pool) {
      super(pool, InstantSource.system());
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
