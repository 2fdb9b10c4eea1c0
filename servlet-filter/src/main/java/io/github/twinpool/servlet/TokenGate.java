package io.github.twinpool.servlet;

import io.github.twinpool.token.InvalidTokenException;
import io.github.twinpool.token.KeysUnavailableException;
import io.github.twinpool.token.RejectionCode;
import io.github.twinpool.token.TokenValidator;
import io.github.twinpool.token.VerifiedToken;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/** Decides which requests go on, and as whose. Immutable. */
final class TokenGate {
  private final TokenValidator validator;
  private final String mainPool;
  private final PathRules rules;
  private final TokenFinder finder;
  private final boolean acceptIdTokens;
  private final boolean allowPreflight;

  TokenGate(
      TokenValidator validator,
      PathRules rules,
      TokenFinder finder,
      boolean acceptIdTokens,
      boolean allowPreflight) {
    this.validator = validator;
    mainPool = validator.status().pools().get(0).id(); // in the builder's order
    this.rules = rules;
    this.finder = finder;
    this.acceptIdTokens = acceptIdTokens;
    this.allowPreflight = allowPreflight;
  }

  /**
   * Whose request this is; empty if nobody had to say.
   *
   * @param known whom an earlier dispatch of the same request was from: its token is not verified
   *     again, but this path may ask for more
   * @throws RefusedException if the request must not go on
   */
  Optional<CognitoPrincipal> admit(HttpServletRequest request, Optional<CognitoPrincipal> known) {
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      return known; // the application chose this page, to be shown to whoever caused the error
    }
    String path = RequestPath.of(request);
    if (rules.isOpen(request.getMethod(), path) || (allowPreflight && isPreflight(request))) {
      return known;
    }
    CognitoPrincipal principal = known.orElseGet(() -> authenticate(request));
    checkRequirements(request.getMethod(), path, principal);
    return Optional.of(principal);
  }

  /** Fetch standard, "CORS-preflight request". */
  private static boolean isPreflight(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeader("Origin") != null
        && request.getHeader("Access-Control-Request-Method") != null;
  }

  private CognitoPrincipal authenticate(HttpServletRequest request) {
    String jwt = finder.find(request).orElseThrow(() -> new RefusedException(Refusal.NO_TOKEN));
    try {
      return new CognitoPrincipal(validate(jwt), mainPool);
    } catch (InvalidTokenException e) {
      throw new RefusedException(Refusal.of(e));
    } catch (KeysUnavailableException e) {
      throw new RefusedException(Refusal.KEYS_UNAVAILABLE);
    }
  }

  private VerifiedToken validate(String jwt) {
    try {
      return validator.validateAccessToken(jwt);
    } catch (InvalidTokenException e) {
      if (acceptIdTokens && e.code() == RejectionCode.WRONG_TOKEN_USE) {
        return validator.validateIdToken(jwt);
      }
      throw e;
    }
  }

  private void checkRequirements(String method, String path, CognitoPrincipal principal) {
    Set<String> scopes = rules.scopes(method, path);
    if (!principal.hasScopes(scopes)) {
      throw new RefusedException(Refusal.scopeMissing(scopes));
    }
    for (Set<String> anyGroup : rules.groups(method, path)) {
      if (anyGroup.stream().noneMatch(principal::hasGroup)) {
        throw new RefusedException(Refusal.NO_GROUP);
      }
    }
  }
}
