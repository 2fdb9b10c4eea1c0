package io.github.twinpool.signin;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;

/**
 * SELECT_CHALLENGE: the person chooses how to sign in. If the Region vanishes meanwhile, the
 * sign-in begins again by itself in the other one, with the same choice.
 */
public final class SelectChallenge extends OpenChallenge implements SignInChallenge {

  SelectChallenge(SignIn signIn, Pending pending) {
    super(signIn, pending);
  }

  /** What can be chosen: AvailableChallenges. */
  public List<ChallengeNameType> choices() {
    return pending.choices().stream().map(ChallengeNameType::fromValue).toList();
  }

  /** Chooses a factor that needs no password: EMAIL_OTP, SMS_OTP or WEB_AUTHN. */
  public SignInStep answer(ChallengeNameType choice) {
    return Calls.join(choose(signIn.blocking(), choice, null));
  }

  /** Chooses a factor that needs no password: EMAIL_OTP, SMS_OTP or WEB_AUTHN. */
  public CompletableFuture<SignInStep> answerAsync(ChallengeNameType choice) {
    return choose(signIn.async(), choice, null);
  }

  /** Chooses PASSWORD: it is sent. */
  public SignInStep answerWithPassword(char[] password) {
    return Calls.join(choose(signIn.blocking(), ChallengeNameType.PASSWORD, new Secret(password)));
  }

  /** Chooses PASSWORD: it is sent. */
  public CompletableFuture<SignInStep> answerWithPasswordAsync(char[] password) {
    return choose(signIn.async(), ChallengeNameType.PASSWORD, new Secret(password));
  }

  /** Chooses PASSWORD_SRP: the password is proven and not sent. */
  public SignInStep answerWithSrp(char[] password) {
    return Calls.join(
        choose(signIn.blocking(), ChallengeNameType.PASSWORD_SRP, new Secret(password)));
  }

  /** Chooses PASSWORD_SRP: the password is proven and not sent. */
  public CompletableFuture<SignInStep> answerWithSrpAsync(char[] password) {
    return choose(signIn.async(), ChallengeNameType.PASSWORD_SRP, new Secret(password));
  }

  private CompletableFuture<SignInStep> choose(
      Dialogue dialogue, ChallengeNameType choice, @Nullable Secret password) {
    return dialogue.choose(pending, choice, password);
  }
}
