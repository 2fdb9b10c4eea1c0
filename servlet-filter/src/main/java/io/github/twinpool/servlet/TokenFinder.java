package io.github.twinpool.servlet;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one token of a request: in the Authorization header (RFC 6750 section 2.1) or, if told
 * so, in a cookie. Not in the query or in a form, where tokens get into logs. Immutable.
 */
final class TokenFinder {
  /** {@code b64token} of RFC 6750, without backtracking: the text comes from outside. */
  private static final Pattern B64TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]++=*+");

  private static final String SCHEME = "bearer";

  private final @Nullable String cookieName;
  private final OriginCheck originCheck;

  TokenFinder(@Nullable String cookieName, OriginCheck originCheck) {
    this.cookieName = cookieName;
    this.originCheck = originCheck;
  }

  /**
   * @throws RefusedException if there are two tokens, if the header is malformed, or if the cookie
   *     may have been sent behind its owner's back
   */
  Optional<String> find(HttpServletRequest request) {
    Optional<String> header = header(request);
    Optional<String> cookie = cookie(request);
    if (header.isPresent() && cookie.isPresent()) {
      throw new RefusedException(Refusal.TWO_TOKENS);
    }
    if (cookie.isPresent()) {
      originCheck.check(request);
    }
    return header.or(() -> cookie);
  }

  private static Optional<String> header(HttpServletRequest request) {
    List<String> headers = Collections.list(request.getHeaders("Authorization"));
    if (headers.size() > 1) {
      throw new RefusedException(Refusal.TWO_TOKENS);
    }
    return headers.isEmpty() ? Optional.empty() : bearer(headers.get(0).strip());
  }

  /** Another scheme is no token, and neither is the bare word. */
  private static Optional<String> bearer(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    String rest = header.substring(SCHEME.length());
    if (rest.isEmpty() || (rest.charAt(0) > ' ' && rest.charAt(0) != ',')) {
      return Optional.empty();
    }
    String token = rest.replaceFirst("^ +", "");
    if (rest.charAt(0) != ' ' || !B64TOKEN.matcher(token).matches()) {
      throw new RefusedException(Refusal.NOT_A_BEARER_TOKEN);
    }
    return Optional.of(token);
  }

  /**
   * Whether its value is a token is for the validator to say: a stale cookie is a 401, not a 400.
   */
  private Optional<String> cookie(HttpServletRequest request) {
    Cookie[] cookies = cookieName == null ? null : request.getCookies();
    List<String> values = new ArrayList<>();
    for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
      if (cookie.getName().equals(cookieName)) {
        values.add(cookie.getValue());
      }
    }
    if (values.size() > 1) {
      throw new RefusedException(Refusal.TWO_TOKENS);
    }
    return values.stream().filter(value -> !value.isBlank()).findFirst();
  }
}
