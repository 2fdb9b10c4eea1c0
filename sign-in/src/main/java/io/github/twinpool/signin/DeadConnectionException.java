package io.github.twinpool.signin;

import java.io.IOException;

/**
 * A connection that had been idle was found dead: a gateway on the way had forgotten it, or the
 * host had closed it. Says nothing of the Region.
 */
final class DeadConnectionException extends IOException {
  private static final long serialVersionUID = 1L;

  DeadConnectionException(Throwable cause) {
    super("an idle connection was dead", cause);
  }
}
