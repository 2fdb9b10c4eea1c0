package io.github.twinpool.signin;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;

/**
 * MFA_SETUP: the pool wants a second factor and the person has none. An authenticator can be set up
 * here; for SMS or e-mail the application gives the user a phone number or an address and starts
 * again. Needs the primary.
 */
public final class MfaSetupChallenge extends OpenChallenge implements SignInChallenge {

  MfaSetupChallenge(SignIn signIn, Pending pending) {
    super(signIn, pending);
  }

  /** What can be set up: MFAS_CAN_SETUP. */
  public List<ChallengeNameType> choices() {
    return Challenges.names(parameters().get("MFAS_CAN_SETUP"));
  }

  /**
   * Sets up an authenticator (AssociateSoftwareToken).
   *
   * @throws CapabilityUnavailableException if this sign-in began on the secondary, whose Session
   *     the primary does not know [assume], or if the primary is down; nothing is sent then
   */
  public SoftwareTokenSetup setUpSoftwareToken() {
    return Calls.join(signIn.blocking().setUpSoftwareToken(pending));
  }

  /** Sets up an authenticator. */
  public CompletableFuture<SoftwareTokenSetup> setUpSoftwareTokenAsync() {
    return signIn.async().setUpSoftwareToken(pending);
  }
}
