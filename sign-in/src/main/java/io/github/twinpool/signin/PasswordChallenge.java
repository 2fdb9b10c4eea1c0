package io.github.twinpool.signin;

import java.util.concurrent.CompletableFuture;

/** PASSWORD or PASSWORD_SRP, asked for by itself. */
public final class PasswordChallenge extends OpenChallenge implements SignInChallenge {

  PasswordChallenge(SignIn signIn, Pending pending) {
    super(signIn, pending);
  }

  /** Answers with the password, or its SRP proof where that is what Cognito asks for. */
  public SignInStep answer(char[] password) {
    return Calls.join(signIn.blocking().answerWithPassword(pending, new Secret(password)));
  }

  /** Answers with the password, or its SRP proof where that is what Cognito asks for. */
  public CompletableFuture<SignInStep> answerAsync(char[] password) {
    return signIn.async().answerWithPassword(pending, new Secret(password));
  }
}
