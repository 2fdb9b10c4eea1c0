package io.github.twinpool.signin;

import com.nimbusds.jose.util.JSONArrayUtils;
import io.github.twinpool.Capability;
import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;

/** The challenges of Cognito: their types, and what they need. */
final class Challenges {
  static final String ANSWER = "ANSWER";
  static final String PASSWORD_VERIFIER = "PASSWORD_VERIFIER";
  static final String DEVICE_SRP_AUTH = "DEVICE_SRP_AUTH";
  static final String DEVICE_PASSWORD_VERIFIER = "DEVICE_PASSWORD_VERIFIER";
  static final String MFA_SETUP = "MFA_SETUP";

  private Challenges() {}

  static SignInChallenge step(SignIn signIn, Pending pending) {
    return switch (pending.challenge()) {
      case "SMS_MFA" -> new SmsMfaChallenge(signIn, pending);
      case "SMS_OTP" -> new SmsOtpChallenge(signIn, pending);
      case "EMAIL_OTP" -> new EmailOtpChallenge(signIn, pending);
      case "SOFTWARE_TOKEN_MFA" -> new SoftwareTokenMfaChallenge(signIn, pending);
      case "SELECT_MFA_TYPE" -> new SelectMfaTypeChallenge(signIn, pending);
      case "SELECT_CHALLENGE" -> new SelectChallenge(signIn, pending);
      case MFA_SETUP -> new MfaSetupChallenge(signIn, pending);
      case SoftwareTokenSetup.NAME -> new SoftwareTokenSetup(signIn, pending, null);
      case "NEW_PASSWORD_REQUIRED" -> new NewPasswordRequiredChallenge(signIn, pending);
      case "CUSTOM_CHALLENGE" -> new CustomChallenge(signIn, pending);
      case "WEB_AUTHN" -> new WebAuthnChallenge(signIn, pending);
      case "PASSWORD", "PASSWORD_SRP" -> new PasswordChallenge(signIn, pending);
      default -> new UnknownChallenge(signIn, pending);
    };
  }

  /** What an application cannot offer while a challenge's Region does not serve it. */
  static Capability capability(String challenge) {
    return switch (challenge) {
      case "SOFTWARE_TOKEN_MFA" -> Capability.TOTP_SIGN_IN;
      // [assume] both end in writes, which the secondary does not take.
      case MFA_SETUP, SoftwareTokenSetup.NAME -> Capability.MFA_SETUP;
      case "NEW_PASSWORD_REQUIRED" -> Capability.PASSWORD_CHANGE;
      default -> Capability.SIGN_IN;
    };
  }

  static List<ChallengeNameType> names(@Nullable String json) {
    return texts(json).stream().map(ChallengeNameType::fromValue).toList();
  }

  /**
   * A JSON array of texts, as Cognito puts lists into parameters; an absent one is empty.
   *
   * @throws SignInProtocolException if it is none
   */
  static List<String> texts(@Nullable String json) {
    if (json == null || json.isEmpty()) {
      return List.of();
    }
    try {
      return JSONArrayUtils.parse(json).stream().map(String::valueOf).toList();
    } catch (ParseException e) {
      throw new SignInProtocolException("a challenge parameter is no JSON array");
    }
  }
}
