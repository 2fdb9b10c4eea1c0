package io.github.twinpool.signin;

/**
 * A sealed step cannot be continued: it is not one that these keys sealed for this app client, it
 * was changed, or its time is over. The person starts again.
 */
public final class SealedStepException extends SignInException {
  private static final long serialVersionUID = 1L;

  private final boolean expired;

  SealedStepException(String message, boolean expired) {
    super(message, null);
    this.expired = expired;
  }

  /** Whether it was genuine, but too old. */
  public boolean expired() {
    return expired;
  }
}
