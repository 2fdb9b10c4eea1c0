package io.github.twinpool.emulator;

import java.util.Optional;

/** The second factors that Cognito has, by the names of their challenges. */
enum MfaType {
  SMS_MFA,
  SOFTWARE_TOKEN_MFA,
  EMAIL_OTP;

  /** The type of a name, of which e-mail has two in Cognito's documentation. */
  static Optional<MfaType> named(String name) {
    return switch (name) {
      case "SMS_MFA" -> Optional.of(SMS_MFA);
      case "SOFTWARE_TOKEN_MFA" -> Optional.of(SOFTWARE_TOKEN_MFA);
      case "EMAIL_OTP", "EMAIL_MFA" -> Optional.of(EMAIL_OTP);
      default -> Optional.empty();
    };
  }
}
