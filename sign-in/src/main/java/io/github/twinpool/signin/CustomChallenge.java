package io.github.twinpool.signin;

import java.util.concurrent.CompletableFuture;

/** CUSTOM_CHALLENGE: one that the pool's Lambda triggers have made; see {@link #parameters()}. */
public final class CustomChallenge extends OpenChallenge implements SignInChallenge {

  CustomChallenge(SignIn signIn, Pending pending) {
    super(signIn, pending);
  }

  /** Answers it. */
  public SignInStep answer(String answer) {
    return respond(Challenges.ANSWER, answer);
  }

  /** Answers it. */
  public CompletableFuture<SignInStep> answerAsync(String answer) {
    return respondAsync(Challenges.ANSWER, answer);
  }
}
