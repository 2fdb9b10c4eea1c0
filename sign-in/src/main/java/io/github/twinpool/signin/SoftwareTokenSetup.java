package io.github.twinpool.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The second half of {@link MfaSetupChallenge}: the authenticator knows the secret and proves it.
 */
public final class SoftwareTokenSetup extends OpenChallenge implements SignInChallenge {
  /** Not a challenge of Cognito's, which knows MFA_SETUP only: the place between its two halves. */
  static final String NAME = "MFA_SETUP/SOFTWARE_TOKEN_MFA";

  private final @Nullable String secretCode;

  SoftwareTokenSetup(SignIn signIn, Pending pending, @Nullable String secretCode) {
    super(signIn, pending);
    this.secretCode = secretCode;
  }

  /** The secret for the authenticator, in base32; empty after {@link SignIn#resume}. */
  public Optional<String> secretCode() {
    return Optional.ofNullable(secretCode);
  }

  /**
   * The secret as the URI that authenticators read from a QR code.
   *
   * @param issuer the application's name
   * @param account what the person calls their account
   */
  public Optional<String> otpauthUri(String issuer, String account) {
    return secretCode()
        .map(
            secret ->
                "otpauth://totp/"
                    + encode(issuer)
                    + ":"
                    + encode(account)
                    + "?secret="
                    + secret
                    + "&issuer="
                    + encode(issuer));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /**
   * Proves the authenticator (VerifySoftwareToken) and goes on with the sign-in.
   *
   * @param code what the authenticator shows
   * @param deviceName what the person calls it
   */
  public SignInStep answer(String code, String deviceName) {
    return Calls.join(signIn.blocking().verifySoftwareToken(pending, code, deviceName));
  }

  /** Proves the authenticator and goes on with the sign-in. */
  public CompletableFuture<SignInStep> answerAsync(String code, String deviceName) {
    return signIn.async().verifySoftwareToken(pending, code, deviceName);
  }
}
