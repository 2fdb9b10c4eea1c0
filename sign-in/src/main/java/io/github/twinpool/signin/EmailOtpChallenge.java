package io.github.twinpool.signin;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** EMAIL_OTP: a one-time password was sent by e-mail, as the first or the second factor. */
public final class EmailOtpChallenge extends OpenChallenge implements SignInChallenge {

  EmailOtpChallenge(SignIn signIn, Pending pending) {
    super(signIn, pending);
  }

  /** Where the code went, masked; empty where Cognito does not say. */
  public Optional<String> destination() {
    return Optional.ofNullable(parameters().get("CODE_DELIVERY_DESTINATION"));
  }

  /** Answers with the code. */
  public SignInStep answer(String code) {
    return respond("EMAIL_OTP_CODE", code);
  }

  /** Answers with the code. */
  public CompletableFuture<SignInStep> answerAsync(String code) {
    return respondAsync("EMAIL_OTP_CODE", code);
  }
}
