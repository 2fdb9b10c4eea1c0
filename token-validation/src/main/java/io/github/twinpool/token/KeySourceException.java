package io.github.twinpool.token;

import io.github.twinpool.token.KeySourceFailure.Reason;
import java.net.URI;

/** A source gave no keys. Stays inside this module: callers see {@link KeySourceFailure}. */
final class KeySourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /**
   * @param detail nothing that the source sent, but for its HTTP status
   */
  KeySourceException(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  KeySourceFailure from(URI source) {
    String detail = getMessage();
    return new KeySourceFailure(source, reason, detail == null ? "" : detail);
  }
}
