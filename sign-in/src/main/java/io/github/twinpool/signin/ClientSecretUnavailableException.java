package io.github.twinpool.signin;

import org.jspecify.annotations.Nullable;

/**
 * The application's own supplier gave no usable client secret, so that nothing was sent. Says
 * nothing about Cognito, nor about a person's tokens. The cause is what the supplier threw, if it
 * did.
 */
public final class ClientSecretUnavailableException extends SignInException {
  private static final long serialVersionUID = 1L;

  ClientSecretUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
