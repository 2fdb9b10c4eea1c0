package io.github.twinpool.signin;

import java.util.concurrent.CompletableFuture;

/**
 * SOFTWARE_TOKEN_MFA: a time-based one-time password (RFC 6238) of the person's authenticator. Does
 * not work on the secondary: see {@link #unavailable()}.
 */
public final class SoftwareTokenMfaChallenge extends OpenChallenge implements SignInChallenge {

  SoftwareTokenMfaChallenge(SignIn signIn, Pending pending) {
    super(signIn, pending);
  }

  /** Answers with the code that the authenticator shows. */
  public SignInStep answer(String code) {
    return respond("SOFTWARE_TOKEN_MFA_CODE", code);
  }

  /** Answers with the code that the authenticator shows. */
  public CompletableFuture<SignInStep> answerAsync(String code) {
    return respondAsync("SOFTWARE_TOKEN_MFA_CODE", code);
  }
}
