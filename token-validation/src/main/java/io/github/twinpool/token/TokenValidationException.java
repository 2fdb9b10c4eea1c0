package io.github.twinpool.token;

/**
 * A token was not accepted: it is no good ({@link InvalidTokenException}), or nobody can tell now
 * ({@link KeysUnavailableException}). Messages carry no part of the token.
 */
public abstract sealed class TokenValidationException extends RuntimeException
    permits InvalidTokenException, KeysUnavailableException {
  private static final long serialVersionUID = 1L;

  /** Without a stack trace: these are answers to input from outside, and must be cheap to give. */
  TokenValidationException(String message) {
    super(message, null, false, false);
  }

  /** The HTTP status that says this to a client: 401, 403 or 503. */
  public abstract int httpStatus();

  /** Whether the same token may be accepted a moment later. */
  public abstract boolean retryable();
}
