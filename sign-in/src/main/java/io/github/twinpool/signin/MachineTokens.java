package io.github.twinpool.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.oauth2.sdk.Scope;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.MultiRegionCognito;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A machine's access tokens: the client credentials grant (RFC 6749, section 4.4) at the token
 * endpoint of the pool's domain, with {@code client_secret_basic}. Each token request costs money,
 * so a token is kept for its set of scopes until shortly before it expires.
 *
 * <pre>{@code
 * MachineTokens machine = MachineTokens.builder(pool, "client-id").clientSecret(secret).build();
 * request.header("Authorization", machine.token("orders/read").authorization());
 * }</pre>
 *
 * <p>The next token is asked for ahead of time, in the background, by one request however many
 * threads want it. A prefix domain has a host in each Region: when one fails, the other is asked. A
 * custom domain is one host, which Cognito fails over. While nothing answers, a token is served
 * until it expires; after that each call throws {@link DomainUnavailableException}.
 *
 * <p>Thread-safe. Its threads end when they are idle; there is nothing to close.
 */
public final class MachineTokens {
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,256}");
  private static final int SCOPES_MAX = 50;
  private static final int SLOTS_MAX = 1_000;

  private final MachineTokenSettings settings;
  private final MachineTokenRequest request;
  private final Cache<Set<String>, MachineTokenSlot> slots =
      Caffeine.newBuilder().maximumSize(SLOTS_MAX).build();
  private final LongAdder served = new LongAdder();
  private final LongAdder requested = new LongAdder();
  private final LongAdder failed = new LongAdder();

  MachineTokens(MachineTokenSettings settings) {
    this.settings = settings;
    request =
        new MachineTokenRequest(
            settings.domain().calls(),
            settings.clientId(),
            settings.secrets(),
            settings.domain().clock());
  }

  /**
   * A builder. The primary Region's host comes first until it fails.
   *
   * @throws IllegalArgumentException if the pool has no domain
   */
  public static MachineTokensBuilder builder(UserPool pool, String clientId) {
    return new MachineTokensBuilder(pool, () -> RegionRole.PRIMARY, clientId);
  }

  /**
   * A builder. The host of the Region that serves, as this client's failover sees it, comes first.
   *
   * @param cognito stays the caller's to close
   * @throws IllegalArgumentException if the pool has no domain
   */
  public static MachineTokensBuilder builder(MultiRegionCognito cognito, String clientId) {
    return new MachineTokensBuilder(cognito.userPool(), () -> cognito.status().serving(), clientId);
  }

  /**
   * A valid token; waits only if there is none.
   *
   * @param scopes of resource servers, {@code orders/read} for one; none for all that the app
   *     client may have
   * @throws DomainUnavailableException if the last token has expired and no host answers
   * @throws OAuthErrorException if the token endpoint refuses the client, or a scope
   * @throws IllegalArgumentException for what is no scope
   */
  public MachineToken token(String... scopes) {
    return Calls.join(tokenAsync(scopes));
  }

  /** The same without waiting; the future is done if there is a valid token. */
  public CompletableFuture<MachineToken> tokenAsync(String... scopes) {
    return token(slot(scopes));
  }

  /** Access tokens for these scopes, valid whenever they are asked for. */
  public Supplier<String> supplier(String... scopes) {
    MachineTokenSlot slot = slot(scopes);
    return () -> Calls.join(token(slot)).accessToken();
  }

  /**
   * An HTTP client that adds {@code Authorization: Bearer …} to requests for these origins and to
   * no others, unless they have such a header. After a 401 the request is sent once more with a new
   * token, if the old one was over a minute old. It follows no redirects. Its calls throw what
   * {@link #token} throws, besides what the other client throws.
   *
   * @param http sends the requests
   * @param origins {@code https://orders.example.com}; {@code http} on loopback only
   * @throws IllegalArgumentException if the client follows redirects or has an authenticator, or an
   *     origin is none
   */
  public HttpClient httpClient(HttpClient http, Collection<URI> origins, String... scopes) {
    MachineTokenSlot slot = slot(scopes);
    return new AuthorizedHttpClient(
        DomainHttp.checked(http), Origins.of(origins), slot, () -> token(slot));
  }

  /** What was served, and what it cost. */
  public MachineTokenCounts counts() {
    return new MachineTokenCounts(served.sum(), requested.sum(), failed.sum());
  }

  private CompletableFuture<MachineToken> token(MachineTokenSlot slot) {
    return slot.token()
        .thenApply(
            token -> {
              served.increment();
              return token;
            });
  }

  private MachineTokenSlot slot(String... scopes) {
    Set<String> sorted = new TreeSet<>(List.of(scopes));
    if (sorted.size() > SCOPES_MAX
        || !sorted.stream().allMatch(it -> SCOPE.matcher(it).matches())) {
      throw new IllegalArgumentException(
          "scopes: wants at most " + SCOPES_MAX + ", each as RFC 6749 has them");
    }
    return slots.get(sorted, this::newSlot);
  }

  private MachineTokenSlot newSlot(Set<String> scopes) {
    Scope scope = scopes.isEmpty() ? null : Scope.parse(scopes);
    return new MachineTokenSlot(
        () -> counted(scope),
        settings.domain().clock(),
        settings.domain().nanoTime(),
        new RefreshAhead(settings.refreshAhead(), settings.random()));
  }

  private CompletableFuture<MachineToken> counted(@Nullable Scope scope) {
    return Calls.begin(() -> request.send(scope))
        .whenComplete((token, error) -> (error == null ? requested : failed).increment());
  }

  @Override
  public String toString() {
    return "MachineTokens[" + settings.clientId() + "]";
  }
}
