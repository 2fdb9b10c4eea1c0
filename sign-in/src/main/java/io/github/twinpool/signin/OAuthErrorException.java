package io.github.twinpool.signin;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of the pool's domain refused the request. An answer, not an outage: the same request
 * is not sent again. Carries the error code of RFC 6749, section 5.2, and no text of the server's.
 */
public final class OAuthErrorException extends SignInException {
  private static final long serialVersionUID = 1L;
  private static final Pattern CODE = Pattern.compile("[a-z0-9_.-]{1,60}");
  private static final int TOO_MANY_REQUESTS = 429;

  private final int status;
  private final @Nullable String error;

  OAuthErrorException(String endpoint, int status, @Nullable String error) {
    super(endpoint + ": refused with status " + status + suffix(error), null);
    this.status = status;
    this.error = known(error);
  }

  private static String suffix(@Nullable String error) {
    String known = known(error);
    return known == null ? "" : ", " + known;
  }

  static @Nullable String known(@Nullable String error) {
    return error != null && CODE.matcher(error).matches() ? error : null;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The error code: {@code invalid_grant} for one. Empty if the answer had none. */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }

  /** Whether the request is worth a retry later: the service throttles or asks to come back. */
  public boolean retryable() {
    return status == TOO_MANY_REQUESTS
        || "temporarily_unavailable".equals(error)
        || "slow_down".equals(error);
  }

  boolean is(String code) {
    return code.equals(error);
  }
}
