package io.github.twinpool.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Whom a filter has let through, kept with the request for its later dispatches. No other filter's
 * word counts: it may accept another pool's tokens. Clients cannot set request attributes.
 */
record Admission(CognitoTokenFilter by, CognitoPrincipal principal) {
  private static final String ATTRIBUTE = "io.github.twinpool.servlet.admission";

  static Optional<CognitoPrincipal> earlier(HttpServletRequest request, CognitoTokenFilter by) {
    return request.getAttribute(ATTRIBUTE) instanceof Admission admission && admission.by() == by
        ? Optional.of(admission.principal())
        : Optional.empty();
  }

  HttpServletRequest of(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
    request.setAttribute(CognitoTokenFilter.TOKEN_ATTRIBUTE, principal.token());
    return new AuthenticatedRequest(request, principal);
  }
}
