package io.github.twinpool.signin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * NEW_PASSWORD_REQUIRED: the password was temporary. A new one is a write, so expect the secondary
 * to refuse it: see {@link #unavailable()}.
 */
public final class NewPasswordRequiredChallenge extends OpenChallenge implements SignInChallenge {
  private static final String PREFIX = "userAttributes.";

  NewPasswordRequiredChallenge(SignIn signIn, Pending pending) {
    super(signIn, pending);
  }

  /** The attributes that the answer must set, without the prefix {@code userAttributes.}. */
  public List<String> requiredAttributes() {
    return Challenges.texts(parameters().get("requiredAttributes")).stream()
        .map(it -> it.startsWith(PREFIX) ? it.substring(PREFIX.length()) : it)
        .toList();
  }

  /** Answers with the new password and the attributes to set. */
  public SignInStep answer(char[] newPassword, Map<String, String> attributes) {
    return Calls.join(answer(signIn.blocking(), newPassword, attributes));
  }

  /** Answers with the new password and the attributes to set. */
  public CompletableFuture<SignInStep> answerAsync(
      char[] newPassword, Map<String, String> attributes) {
    return answer(signIn.async(), newPassword, attributes);
  }

  private CompletableFuture<SignInStep> answer(
      Dialogue dialogue, char[] newPassword, Map<String, String> attributes) {
    Map<String, String> responses = new LinkedHashMap<>();
    responses.put("NEW_PASSWORD", new String(newPassword));
    attributes.forEach((name, value) -> responses.put(PREFIX + name, value));
    return dialogue.answer(pending, responses);
  }
}
