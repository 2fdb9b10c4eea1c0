package io.github.twinpool.signin;

/**
 * The service's answer is none that this version understands: SRP values that prove nothing, or a
 * challenge without what it needs. The sign-in ended; what was wrong is named, no value is.
 */
public final class SignInProtocolException extends SignInException {
  private static final long serialVersionUID = 1L;

  SignInProtocolException(String message) {
    super(message, null);
  }
}
