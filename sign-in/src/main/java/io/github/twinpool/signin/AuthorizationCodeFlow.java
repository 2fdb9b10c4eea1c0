package io.github.twinpool.signin;

import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.signin.AuthorizationException.Reason;
import io.github.twinpool.token.IdToken;
import io.github.twinpool.token.TokenValidator;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Signs browsers in through the pool's domain, with managed login or an identity provider: the
 * authorization code grant with PKCE (RFC 6749, section 4.1; RFC 7636, S256 only) and OpenID
 * Connect.
 *
 * <pre>{@code
 * AuthorizationStart start = flow.start(AuthorizationRequest.returningTo("/orders"));
 * // answer 302, Location: start.location(), Set-Cookie: start.setCookie()
 *
 * AuthorizationResult result = flow.finish(request.getQueryString(), cookie); // at redirectUri
 * // result.idToken() is who signed in; redirect to result.returnTarget()
 * }</pre>
 *
 * <p>State, nonce and verifier are fresh for each sign-in, tied to the browser, and good once. A
 * prefix domain has a host in each Region: a sign-in begins at the serving Region's and ends there,
 * since that its code is known to the other Region is nowhere said. A code is sent once. When its
 * Region vanishes, {@link Reason#INTERRUPTED} says so, and the browser starts again.
 *
 * <p>Thread-safe. Its threads end when they are idle; there is nothing to close.
 */
public final class AuthorizationCodeFlow {
  private final AuthorizationCodeSettings settings;
  private final UserPool pool;
  private final DomainCalls calls;
  private final CodeExchange exchange;
  private final UserInfo userInfo;
  private final LoginAttempts attempts;
  private final ReturnTargets returnTargets;
  private final LoginCookie cookie;
  private final DomainRefresh refresh;

  AuthorizationCodeFlow(AuthorizationCodeSettings settings) {
    this.settings = settings;
    pool = settings.cognito().userPool();
    calls = settings.domain().calls();
    exchange = new CodeExchange(calls, settings);
    userInfo = new UserInfo(calls);
    returnTargets = new ReturnTargets(settings.returnOrigins());
    cookie = new LoginCookie(settings.redirectUri(), settings.loginValidity());
    attempts =
        new LoginAttempts(
            new SealedBox(settings.stateKeys(), "twinpool-login"),
            pool.id() + " " + settings.clientId() + " " + settings.redirectUri(),
            settings.loginValidity(),
            settings.domain().clock());
    refresh =
        new DomainRefresh(
            calls,
            settings.clientId(),
            settings.secret(),
            () -> settings.cognito().rotatesRefreshTokens(settings.clientId()));
  }

  /**
   * A builder.
   *
   * @param cognito the routed client of a pool with a domain; stays the caller's to close
   * @param validator checks ID tokens; stays the caller's to close
   * @throws IllegalArgumentException if the pool has no domain
   */
  public static AuthorizationCodeFlowBuilder builder(
      MultiRegionCognito cognito, TokenValidator validator, String clientId) {
    return new AuthorizationCodeFlowBuilder(cognito, validator, clientId);
  }

  /**
   * Begins a browser's sign-in. Does no I/O.
   *
   * @throws AuthorizationException {@link Reason#RETURN_TARGET}
   */
  public AuthorizationStart start(AuthorizationRequest request) {
    String returnTarget = returnTargets.checked(request.returnTarget());
    RegionRole role = calls.domain().order().get(0);
    LoginAttempt attempt =
        new LoginAttempt(
            new State(Secrets.text(settings.random())),
            new Nonce(Secrets.text(settings.random())),
            new CodeVerifier(Secrets.text(settings.random())),
            role,
            returnTarget,
            settings.domain().clock().instant().plus(settings.loginValidity()));
    AuthenticationRequest.Builder sent =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                settings.scope(),
                new ClientID(settings.clientId()),
                settings.redirectUri())
            .endpointURI(calls.domain().at(role, "/oauth2/authorize"))
            .state(attempt.state())
            .nonce(attempt.nonce())
            .codeChallenge(attempt.verifier(), CodeChallengeMethod.S256);
    request.parameters().forEach(sent::customParameter);
    String browserState = attempts.seal(attempt);
    return new AuthorizationStart(sent.build().toURI(), browserState, cookie.header(browserState));
  }

  /**
   * Ends a browser's sign-in.
   *
   * @param query the raw query of the request to the redirect URI
   * @param browserState what {@link AuthorizationStart#browserState()} was, as this browser brought
   *     it back; null if it brought none
   * @throws AuthorizationException if this is no answer to a sign-in of this browser, or a refusal
   * @throws io.github.twinpool.token.KeysUnavailableException if nobody can tell whether the ID
   *     token is good
   */
  public AuthorizationResult finish(@Nullable String query, @Nullable String browserState) {
    return Calls.join(finishAsync(query, browserState));
  }

  /** The same without blocking. */
  public CompletableFuture<AuthorizationResult> finishAsync(
      @Nullable String query, @Nullable String browserState) {
    return Calls.begin(
        () -> {
          AuthorizationAnswer answer = AuthorizationAnswer.of(query);
          LoginAttempt attempt = attempts.take(browserState, answer.state());
          requireIssuer(answer);
          String code =
              answer
                  .code()
                  .orElseThrow(() -> AuthorizationException.refused(answer.error().orElse(null)));
          return exchange.send(attempt, code);
        });
  }

  private void requireIssuer(AuthorizationAnswer answer) {
    boolean known =
        answer
            .issuer()
            .map(it -> Stream.of(IssuerType.values()).map(pool::issuer).anyMatch(it::equals))
            .orElse(true);
    if (!known) {
      throw new AuthorizationException(Reason.ISSUER);
    }
  }

  /** The name of the cookie of {@link AuthorizationStart#setCookie()}. */
  public String cookieName() {
    return cookie.name();
  }

  /** A {@code Set-Cookie} header that removes the cookie, once the sign-in is over. */
  public String removeCookie() {
    return cookie.removal();
  }

  /**
   * A session that keeps these tokens fresh at the domain's token endpoint, in either Region. Its
   * {@code signOut} revokes the refresh token by the API's RevokeToken, in both Regions where
   * necessary.
   */
  public TokenSession session(TokenSet tokens) {
    return session(tokens, new TokenSessionListener() {});
  }

  /** The same, and tells a listener of new tokens and of the end. */
  public TokenSession session(TokenSet tokens, TokenSessionListener listener) {
    return new TokenSession(
        new SessionCalls(settings.cognito(), settings.clientId(), settings.secret()),
        refresh,
        Objects.requireNonNull(tokens, "tokens"),
        Objects.requireNonNull(listener, "listener"),
        settings.domain().clock(),
        new RefreshAhead(settings.refreshAhead(), settings.random()));
  }

  /**
   * What the userInfo endpoint says of a person (OpenID Connect Core, section 5.3), in either
   * Region.
   *
   * @param idToken who signed in: an answer about somebody else is refused
   * @throws OAuthErrorException if the access token is refused
   * @throws DomainUnavailableException if no host answers
   */
  public Map<String, Object> userInfo(String accessToken, IdToken idToken) {
    return Calls.join(userInfoAsync(accessToken, idToken));
  }

  /** The same without blocking. */
  public CompletableFuture<Map<String, Object>> userInfoAsync(String accessToken, IdToken idToken) {
    return userInfo.of(accessToken, idToken.subject());
  }

  /**
   * Where to send a browser that signs out: ends its session with managed login, which then sends
   * it to the builder's {@code logoutUri}. Tokens stay valid; {@link TokenSession#signOut()}
   * revokes them.
   *
   * @throws IllegalStateException if the builder was given no {@code logoutUri}
   */
  public URI logoutLocation() {
    URI target = settings.logoutUri();
    if (target == null) {
      throw new IllegalStateException("logoutUri: the builder was given none");
    }
    RegionRole role = calls.domain().order().get(0);
    return calls
        .domain()
        .at(
            role,
            "/logout?client_id="
                + encoded(settings.clientId())
                + "&logout_uri="
                + encoded(target.toString()));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "AuthorizationCodeFlow[" + settings.clientId() + "]";
  }
}
