package io.github.twinpool.signin;

import java.util.concurrent.CompletableFuture;

/** WEB_AUTHN: a passkey. Both sides are JSON that the browser's WebAuthn API reads and writes. */
public final class WebAuthnChallenge extends OpenChallenge implements SignInChallenge {

  WebAuthnChallenge(SignIn signIn, Pending pending) {
    super(signIn, pending);
  }

  /** The options for {@code navigator.credentials.get}, as JSON; empty if Cognito sent none. */
  public String credentialRequestOptions() {
    return parameters().getOrDefault("CREDENTIAL_REQUEST_OPTIONS", "");
  }

  /**
   * Answers with the browser's credential.
   *
   * @param credential AuthenticationResponseJSON
   */
  public SignInStep answer(String credential) {
    return respond("CREDENTIAL", credential);
  }

  /**
   * Answers with the browser's credential.
   *
   * @param credential AuthenticationResponseJSON
   */
  public CompletableFuture<SignInStep> answerAsync(String credential) {
    return respondAsync("CREDENTIAL", credential);
  }
}
