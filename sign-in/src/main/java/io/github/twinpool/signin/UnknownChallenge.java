package io.github.twinpool.signin;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A challenge that this version has no type for. */
public final class UnknownChallenge extends OpenChallenge implements SignInChallenge {

  UnknownChallenge(SignIn signIn, Pending pending) {
    super(signIn, pending);
  }

  /** Answers with these ChallengeResponses; USERNAME and SECRET_HASH are added. */
  public SignInStep answer(Map<String, String> responses) {
    return Calls.join(signIn.blocking().answer(pending, responses));
  }

  /** Answers with these ChallengeResponses; USERNAME and SECRET_HASH are added. */
  public CompletableFuture<SignInStep> answerAsync(Map<String, String> responses) {
    return signIn.async().answer(pending, responses);
  }
}
