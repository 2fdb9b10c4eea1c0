package io.github.twinpool.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 503 to a request whose token nobody can check now. Stands around Spring Security, whose
 * bearer filter rethrows what is no fault of the token: without this filter it would reach the
 * container, whose error page is secured, too, so that the client would see a bare 401.
 */
final class KeysUnavailableFilter extends OncePerRequestFilter {
  private final Duration retryAfter;

  KeysUnavailableFilter(Duration retryAfter) {
    this.retryAfter = retryAfter;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (ServletException | RuntimeException e) {
      if (response.isCommitted() || !JwtKeysUnavailableException.isCauseOf(e)) {
        throw e;
      }
      answer(response);
    }
  }

  private void answer(HttpServletResponse response) throws IOException {
    response.resetBuffer();
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setHeader("Retry-After", Long.toString(retryAfter.toSeconds()));
    response.setHeader("Cache-Control", "no-store");
    response.setContentType(KeysUnavailableProblem.TYPE);
    response.getOutputStream().write(KeysUnavailableProblem.BODY.getBytes(StandardCharsets.UTF_8));
  }
}
