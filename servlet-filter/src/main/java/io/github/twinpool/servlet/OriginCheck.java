package io.github.twinpool.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a request that a browser may have sent with a cookie of its own accord was meant by this
 * application's pages. Immutable.
 */
final class OriginCheck {
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final Set<Origin> allowed;

  OriginCheck(Set<Origin> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  /**
   * @throws RefusedException if the request may change something and is from another origin, or
   *     does not say from where it is
   */
  void check(HttpServletRequest request) {
    if (mayChangeSomething(request)
        && !sender(request).filter(o -> isOurs(o, request)).isPresent()) {
      throw new RefusedException(Refusal.FOREIGN_ORIGIN);
    }
  }

  /** A WebSocket begins with a GET that no same-origin policy covers, and then carries anything. */
  private static boolean mayChangeSomething(HttpServletRequest request) {
    return !SAFE_METHODS.contains(request.getMethod()) || request.getHeader("Upgrade") != null;
  }

  private static Optional<Origin> sender(HttpServletRequest request) {
    List<String> origins = Collections.list(request.getHeaders("Origin"));
    if (!origins.isEmpty()) {
      return origins.size() == 1 ? Origin.parse(origins.get(0)) : Optional.empty();
    }
    List<String> referers = Collections.list(request.getHeaders("Referer"));
    return referers.size() == 1 ? Origin.ofUrl(referers.get(0)) : Optional.empty();
  }

  private boolean isOurs(Origin origin, HttpServletRequest request) {
    return allowed.contains(origin)
        || origin.equals(
            Origin.of(request.getScheme(), request.getServerName(), request.getServerPort()));
  }
}
