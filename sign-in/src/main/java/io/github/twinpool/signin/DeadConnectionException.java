package io.github.twinpool.signin;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A connection that had been idle was found dead: a gateway on the way had forgotten it, or the
 * host had closed it. Says nothing of the Region.
 */
final class DeadConnectionException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  DeadConnectionException(IOException cause) {
    super("an idle connection was dead", cause);
  }
}
