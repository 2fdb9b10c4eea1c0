package io.github.twinpool.token;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The token is not acceptable and will not become so: its {@link #code()} says why. The message is
 * made of the code's text and the name of a claim that this library knows; nothing in it comes from
 * the token, so it is safe to log. It has no stack trace.
 */
public final class InvalidTokenException extends TokenValidationException {
  private static final long serialVersionUID = 1L;

  private final RejectionCode code;
  private final @Nullable String claim;

  InvalidTokenException(RejectionCode code) {
    this(code, null);
  }

  /**
   * @param claim a name from this library's own sources, never from a token
   */
  InvalidTokenException(RejectionCode code, @Nullable String claim) {
    super(code + ": " + code.text() + (claim == null ? "" : " (" + claim + ")"));
    this.code = code;
    this.claim = claim;
  }

  /** Why the token was refused. */
  public RejectionCode code() {
    return code;
  }

  /** The claim or header parameter that was missing or wrong, where one was. */
  public Optional<String> claim() {
    return Optional.ofNullable(claim);
  }

  @Override
  public int httpStatus() {
    return code.httpStatus();
  }

  /** Always false. */
  @Override
  public boolean retryable() {
    return false;
  }
}
