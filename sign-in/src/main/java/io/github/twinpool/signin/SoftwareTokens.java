package io.github.twinpool.signin;

import io.github.twinpool.RegionRole;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AssociateSoftwareTokenRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifySoftwareTokenRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifySoftwareTokenResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifySoftwareTokenResponseType;

/** Authenticators that are set up in the middle of a sign-in. */
final class SoftwareTokens {
  private final SignIn signIn;
  private final Calls calls;

  SoftwareTokens(SignIn signIn, SignInCalls calls) {
    this.signIn = signIn;
    this.calls = calls.calls();
  }

  CompletableFuture<SoftwareTokenSetup> setUp(Pending pending) {
    requirePrimary(pending);
    AssociateSoftwareTokenRequest request =
        AssociateSoftwareTokenRequest.builder().session(pending.session()).build();
    return SignInCalls.explained(
            calls.send(
                it -> it.associateSoftwareToken(request), it -> it.associateSoftwareToken(request)),
            Challenges.MFA_SETUP)
        .thenApply(
            it ->
                new SoftwareTokenSetup(
                    signIn,
                    pending.followedBy(SoftwareTokenSetup.NAME, it.session()),
                    it.secretCode()));
  }

  /** The MFA_SETUP that is to be answered once the authenticator is verified. */
  CompletableFuture<Pending> verify(Pending pending, String code, String deviceName) {
    requirePrimary(pending);
    VerifySoftwareTokenRequest request =
        VerifySoftwareTokenRequest.builder()
            .session(pending.session())
            .userCode(code)
            .friendlyDeviceName(deviceName)
            .build();
    return SignInCalls.explained(
            calls.send(
                it -> it.verifySoftwareToken(request), it -> it.verifySoftwareToken(request)),
            Challenges.MFA_SETUP)
        .thenApply(it -> verified(pending, it));
  }

  private static Pending verified(Pending pending, VerifySoftwareTokenResponse response) {
    if (response.status() != VerifySoftwareTokenResponseType.SUCCESS) {
      throw new SignInProtocolException("VerifySoftwareToken: " + response.statusAsString());
    }
    return pending.followedBy(Challenges.MFA_SETUP, response.session());
  }

  /**
   * Setting up goes to the primary, which does not know the secondary's Sessions [assume]: it would
   * refuse them as wrong.
   */
  private static void requirePrimary(Pending pending) {
    if (pending.region() == RegionRole.SECONDARY) {
      throw new CapabilityUnavailableException(
          pending.challenge(), Challenges.capability(pending.challenge()), null);
    }
  }
}
