package io.github.twinpool.spring;

import io.github.twinpool.token.KeysUnavailableException;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Nobody can tell whether the token is good, because no source of the pool's keys answers. Says
 * nothing about the token, so it is no {@code BadJwtException}; over HTTP it becomes a 503. Its
 * cause names the sources.
 */
public final class JwtKeysUnavailableException extends JwtException {
  private static final long serialVersionUID = 1L;

  JwtKeysUnavailableException(KeysUnavailableException cause) {
    super("The keys that tokens are checked with are not to be had", cause);
  }

  /** Whether this is the reason of a failure. */
  static boolean isCauseOf(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 8; depth++) {
      if (cause instanceof JwtKeysUnavailableException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
