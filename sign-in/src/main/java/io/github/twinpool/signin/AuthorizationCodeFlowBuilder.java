package io.github.twinpool.signin;

import com.nimbusds.oauth2.sdk.Scope;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.internal.net.Endpoints;
import io.github.twinpool.token.TokenValidator;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Builds an {@link AuthorizationCodeFlow}. Not thread-safe. */
public final class AuthorizationCodeFlowBuilder {
  private static final int LOGIN_MINUTES = 10;
  private static final int REFRESH_AHEAD_MINUTES = 5;
  private static final Duration LONGEST_LOGIN = Duration.ofHours(1);

  private final MultiRegionCognito cognito;
  private final TokenValidator validator;
  private final String clientId;
  private @Nullable Supplier<String> clientSecret;
  private @Nullable URI redirectUri;
  private @Nullable URI logoutUri;
  private Scope scope = new Scope("openid");
  private Origins returnOrigins = Origins.of(List.of());
  private List<SecretKey> stateKeys = List.of();
  private Duration loginValidity = Duration.ofMinutes(LOGIN_MINUTES);
  private Duration refreshAhead = Duration.ofMinutes(REFRESH_AHEAD_MINUTES);
  private @Nullable HttpClient httpClient;
  private @Nullable Duration requestTimeout;
  private InstantSource clock = InstantSource.system();
  private LongSupplier nanoTime = System::nanoTime;
  private DomainHttp.TimeLimit timeLimit = DomainHttp.TimeLimit.SYSTEM;

  AuthorizationCodeFlowBuilder(
      MultiRegionCognito cognito, TokenValidator validator, String clientId) {
    this.cognito = Objects.requireNonNull(cognito, "cognito");
    this.validator = Objects.requireNonNull(validator, "validator");
    this.clientId = Checks.clientId(clientId);
  }

  /** The app client's secret, asked for with each request. Default: a public client. */
  public AuthorizationCodeFlowBuilder clientSecret(Supplier<String> secret) {
    clientSecret = Objects.requireNonNull(secret, "clientSecret");
    return this;
  }

  /**
   * Where the domain sends browsers back to: exactly one of the app client's CallbackURLs.
   * Required.
   *
   * @throws IllegalArgumentException if it is neither {@code https} nor on loopback
   */
  public AuthorizationCodeFlowBuilder redirectUri(URI uri) {
    redirectUri = safe("redirectUri", uri);
    return this;
  }

  /**
   * Where the domain sends browsers that signed out: exactly one of the app client's LogoutURLs.
   * Default: none.
   *
   * @throws IllegalArgumentException if it is neither {@code https} nor on loopback
   */
  public AuthorizationCodeFlowBuilder logoutUri(URI uri) {
    logoutUri = safe("logoutUri", uri);
    return this;
  }

  /**
   * The scopes to ask for, {@code openid} among them. Default: {@code openid}.
   *
   * @throws IllegalArgumentException without {@code openid}
   */
  public AuthorizationCodeFlowBuilder scopes(String... scopes) {
    scope = new Scope(scopes);
    if (!scope.contains("openid")) {
      throw new IllegalArgumentException("scopes " + scope + ": wants openid among them");
    }
    return this;
  }

  /**
   * Origins besides the application's own that a browser may be sent to in the end. Default: none,
   * so that only paths are taken.
   *
   * @throws IllegalArgumentException for what is no origin
   */
  public AuthorizationCodeFlowBuilder returnOrigins(URI... origins) {
    returnOrigins = Origins.of(List.of(origins));
    return this;
  }

  /**
   * The keys that encrypt what a browser brings back, 256 bits each. All application servers of one
   * application share them. Default: a random key, so that a sign-in ends at the server where it
   * began.
   *
   * @param current seals and opens
   * @param previous open only, while keys rotate
   * @throws IllegalArgumentException if a key has not 256 bits
   */
  public AuthorizationCodeFlowBuilder stateKeys(SecretKey current, SecretKey... previous) {
    stateKeys = SealedBox.keys("stateKeys", current, previous);
    return this;
  }

  /**
   * How long a person may take to sign in. Default: {@value #LOGIN_MINUTES} minutes.
   *
   * @throws IllegalArgumentException if it is not positive or exceeds an hour
   */
  public AuthorizationCodeFlowBuilder loginValidity(Duration validity) {
    loginValidity = Checks.within("loginValidity", validity, LONGEST_LOGIN, "1 hour");
    return this;
  }

  /**
   * How long before the access token's expiry a session asks for the next: see {@link
   * SignInBuilder#refreshAhead}. Default: {@value #REFRESH_AHEAD_MINUTES} minutes.
   *
   * @throws IllegalArgumentException if it is not positive or exceeds 24 hours
   */
  public AuthorizationCodeFlowBuilder refreshAhead(Duration ahead) {
    refreshAhead = Checks.refreshAhead(ahead);
    return this;
  }

  /**
   * The client that asks the domain for tokens, refreshes and userInfo: see {@link
   * MachineTokensBuilder#httpClient}.
   *
   * @throws IllegalArgumentException if it follows redirects or has an authenticator
   */
  public AuthorizationCodeFlowBuilder httpClient(HttpClient client) {
    httpClient = DomainHttp.checked(client);
    return this;
  }

  /**
   * How long one host has for the whole of its answer. Default: 5.5 s, a little over the 5 s that
   * Cognito waits for a Lambda trigger.
   *
   * @throws IllegalArgumentException if it is not positive or exceeds 60 seconds
   */
  public AuthorizationCodeFlowBuilder requestTimeout(Duration timeout) {
    requestTimeout = DomainOptions.checkedTimeout(timeout);
    return this;
  }

  AuthorizationCodeFlowBuilder clock(InstantSource source) {
    clock = source;
    return this;
  }

  AuthorizationCodeFlowBuilder timeLimit(DomainHttp.TimeLimit limit) {
    timeLimit = limit;
    return this;
  }

  private static URI safe(String field, URI uri) {
    if (!Endpoints.isSafe(uri) || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          field + ": wants https, or http on loopback, and no fragment");
    }
    return uri;
  }

  /**
   * The flow. Does no I/O.
   *
   * @throws IllegalArgumentException without a redirect URI, or if the pool has no domain
   */
  public AuthorizationCodeFlow build() {
    if (redirectUri == null) {
      throw new IllegalArgumentException("redirectUri: none");
    }
    SecureRandom random = new SecureRandom();
    DomainOptions domain =
        new DomainOptions(
            cognito.userPool(),
            () -> cognito.status().serving(),
            httpClient,
            requestTimeout,
            clock,
            nanoTime,
            timeLimit);
    return new AuthorizationCodeFlow(
        new AuthorizationCodeSettings(
            cognito,
            validator,
            domain,
            clientId,
            new ClientSecret(clientId, clientSecret),
            redirectUri,
            logoutUri,
            scope,
            returnOrigins,
            stateKeys.isEmpty()
                ? List.of(new SecretKeySpec(Secrets.bytes(random), "AES"))
                : stateKeys,
            loginValidity,
            refreshAhead,
            random));
  }
}
