package io.github.twinpool.servlet;

import io.github.twinpool.token.TokenValidator;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets requests with a good Cognito access token through, whichever Region minted it, and answers
 * the others by RFC 6750. Everything wants a token that is not declared public.
 *
 * <pre>{@code
 * CognitoTokenFilter filter =
 *     CognitoTokenFilter.builder(validator)
 *         .publicPaths("/health", "GET /static/*")
 *         .requireScopes("POST /orders/*", "orders/write")
 *         .requireAnyGroup("/admin/*", "admins")
 *         .build();
 * }</pre>
 *
 * <p><strong>What the application sees.</strong> {@code getUserPrincipal()} is a {@link
 * CognitoPrincipal}, {@code getRemoteUser()} its name, {@code getAuthType()} is {@code Bearer},
 * {@code isUserInRole} asks for a group of the token, and the request attribute {@link
 * #TOKEN_ATTRIBUTE} holds the token. No session is made. On public paths nobody looks at a token,
 * so there is no principal either, and they stay up when keys cannot be had. With a validator for
 * several pools, names of users, groups and scopes are those of the pool that its builder was made
 * for; those of an additional pool stand behind its ID and a space, here and in the rules: {@code
 * requireAnyGroup("/reports/*", "staff", "eu-west-1_PARTNERS auditors")}.
 *
 * <p><strong>What a client sees</strong>, each with a problem document (RFC 9457): 401 without a
 * token or with a bad one, 403 if the token lacks a scope or a group, 400 for two tokens, a
 * malformed Authorization header or an ambiguous path, 503 with {@code Retry-After} when the keys
 * of the pool cannot be had. Nothing in an answer comes from the request.
 *
 * <p><strong>Paths.</strong> A pattern is {@code /path} or {@code /prefix/*} (which covers {@code
 * /prefix}, too), with a method before it or none; {@code GET} covers {@code HEAD}. It is held
 * against servlet path and path info as the container has decoded them, and case counts. The most
 * specific pattern says whether a path is public (exact before prefix, long before short, with a
 * method before without); all requirements that match must be met. Requests are refused with 400,
 * on public paths, too, if their path could be read in two ways: with path parameters ({@code ;}, a
 * {@code jsessionid} among them), empty or dot segments, a backslash, an encoded slash, backslash,
 * dot, semicolon or percent sign, control characters, or what is not UTF-8.
 *
 * <p><strong>Dispatches.</strong> Map it for {@code REQUEST} at least. If it is mapped for {@code
 * FORWARD}, {@code INCLUDE} or {@code ASYNC}, the rules of the new path hold, too, with the token
 * that the request came in with, which is not verified a second time; an include that is refused is
 * left out of the page. {@code ERROR} dispatches always pass. Where it is not mapped, what is
 * dispatched to is not protected; after an {@code ASYNC} or {@code ERROR} dispatch the principal is
 * gone then, the attribute is not.
 *
 * <p><strong>In {@code web.xml}</strong> the init parameters are the builder's methods, and {@code
 * userPoolId}, {@code secondaryRegion}, {@code clientIds} or {@code anyClient}, {@code fips},
 * {@code primaryEndpoint}, {@code secondaryEndpoint} and {@code updatedIssuerEndpoint}, which are
 * those of {@link io.github.twinpool.UserPool}. Client IDs and origins stand between spaces or
 * commas, paths in lines or between commas, in {@code requireScopes} and {@code requireAnyGroup}
 * each followed by what it asks for. The filter then makes its own validator, and closes it in
 * {@link #destroy()}.
 *
 * <p>Supports asynchronous requests: register it with {@code async-supported}. Blocks for the
 * network only as long as its validator has no keys at all yet, for the validator's {@code
 * keysTimeout} at most. Thread-safe.
 */
public final class CognitoTokenFilter implements Filter {
  /** The request attribute that holds the {@link io.github.twinpool.token.VerifiedToken}. */
  public static final String TOKEN_ATTRIBUTE = "io.github.twinpool.servlet.token";

  private static final Logger LOG = LoggerFactory.getLogger(CognitoTokenFilter.class);

  private volatile @Nullable Ready ready;
  private volatile @Nullable TokenValidator owned;

  /** For the container, which calls {@link #init(FilterConfig)} with the init parameters. */
  public CognitoTokenFilter() {}

  private CognitoTokenFilter(Ready ready) {
    this.ready = ready;
  }

  /** A filter that is configured here. It does not close the validator. */
  public static Builder builder(TokenValidator validator) {
    return new Builder(validator);
  }

  private record Ready(TokenGate gate, RefusalWriter refusals) {}

  /**
   * Reads the init parameters, unless a builder has made this filter. Fails for no outage.
   *
   * @throws ServletException naming the parameter and the value that is wrong
   */
  @Override
  public void init(FilterConfig config) throws ServletException {
    if (ready != null) {
      InitParameters.checkNone(config);
      return;
    }
    InitParameters parameters = InitParameters.of(config);
    FilterOptions options = parameters.options();
    TokenValidator validator = parameters.validator().build();
    owned = validator;
    ready = new Ready(options.gate(validator), options.refusals());
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Ready now = ready;
    if (now == null
        || !(request instanceof HttpServletRequest httpRequest)
        || !(response instanceof HttpServletResponse httpResponse)) {
      throw new ServletException("CognitoTokenFilter wants init() and HTTP");
    }
    Optional<CognitoPrincipal> principal;
    try {
      principal = now.gate().admit(httpRequest, Admission.earlier(httpRequest, this));
    } catch (RefusedException e) {
      refuse(e.refusal(), now.refusals(), httpRequest, httpResponse);
      return;
    }
    ServletRequest admitted =
        principal
            .<ServletRequest>map(who -> new Admission(this, who).of(httpRequest))
            .orElse(request);
    chain.doFilter(admitted, response);
  }

  private static void refuse(
      Refusal refusal,
      RefusalWriter refusals,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, ServletException {
    LOG.debug("{} dispatch refused: {}", request.getDispatcherType(), refusal.code());
    if (request.getDispatcherType() == DispatcherType.INCLUDE) {
      return; // the answer is the including page's: it goes on without
    }
    if (response.isCommitted()) {
      throw new ServletException("refused after the answer had begun: " + refusal.code());
    }
    refusals.write(refusal, response);
  }

  /** Closes the validator, if init parameters made it. */
  @Override
  public void destroy() {
    TokenValidator validator = owned;
    if (validator != null) {
      validator.close();
    }
  }

  /**
   * Builds a {@link CognitoTokenFilter}. Each method refuses a bad value with an {@link
   * IllegalArgumentException} that names it; those with several values can be called repeatedly.
   */
  public static final class Builder {
    private final TokenValidator validator;
    private final FilterOptions options = new FilterOptions();

    private Builder(TokenValidator validator) {
      this.validator = validator;
    }

    /** What takes no token. Default: nothing. */
    public Builder publicPaths(String... patterns) {
      options.publicPaths(patterns);
      return this;
    }

    /** Asks for all of these scopes. ID tokens have none. Default: none. */
    public Builder requireScopes(String pattern, String... scopes) {
      options.requireScopes(pattern, scopes);
      return this;
    }

    /** Asks for one of these groups. Default: none. */
    public Builder requireAnyGroup(String pattern, String... groups) {
      options.requireAnyGroup(pattern, groups);
      return this;
    }

    /**
     * Takes the token from a cookie of this name, too. What may change something (methods but GET,
     * HEAD, OPTIONS and TRACE, and WebSockets) must then come from this application's own origin,
     * by its {@code Origin} header or else by its {@code Referer}, or it is a 403. Default: none.
     *
     * <p>The own origin is that of the request's scheme, server name and port. Behind a proxy those
     * are often not what the browser sees, and {@code X-Forwarded-} headers are not looked at: name
     * the outer origin by {@link #allowedOrigins}.
     */
    public Builder cookie(String name) {
      options.cookie(name);
      return this;
    }

    /** Other origins, {@code scheme://host[:port]}, that cookies are good from. Default: none. */
    public Builder allowedOrigins(String... origins) {
      options.allowedOrigins(origins);
      return this;
    }

    /**
     * Accepts ID tokens, too. Default: false, they are meant for the application that signed the
     * user in. ID tokens have no scopes: paths with {@link #requireScopes} stay closed to them, and
     * a validator with {@code requireScopes} or {@code requireAudience} is refused. The validator's
     * listeners hear of a WRONG_TOKEN_USE before an ID token is accepted.
     */
    public Builder acceptIdTokens(boolean accept) {
      options.acceptIdTokens(accept);
      return this;
    }

    /**
     * Lets CORS preflights ({@code OPTIONS} with {@code Origin} and {@code
     * Access-Control-Request-Method}), which never carry a token, go on to the application without
     * one. Default: false; a CORS filter before this one needs no such thing.
     */
    public Builder allowPreflight(boolean allow) {
      options.allowPreflight(allow);
      return this;
    }

    /** The realm of the challenges. Default: {@code cognito}. */
    public Builder realm(String realm) {
      options.realm(realm);
      return this;
    }

    /**
     * The filter.
     *
     * @throws IllegalArgumentException if a pattern is public and required something of, if there
     *     are allowed origins without a cookie, or if ID tokens are accepted and the validator
     *     requires what they cannot have
     */
    public CognitoTokenFilter build() {
      return new CognitoTokenFilter(new Ready(options.gate(validator), options.refusals()));
    }
  }
}
