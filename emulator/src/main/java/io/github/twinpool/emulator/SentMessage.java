package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.time.Instant;

/**
 * A message with a code or a temporary password, which nobody delivers.
 *
 * @param sentBy the Region that sent it
 * @param purpose what the user needs it for
 * @param destination the e-mail address or the phone number, in full
 * @param code the code, or in an invitation the temporary password; empty in the invitation of a
 *     user without a password. A credential: {@code toString} does not show it
 */
public record SentMessage(
    RegionRole sentBy,
    Purpose purpose,
    Medium medium,
    String destination,
    String code,
    Instant sentAt) {

  /** What a message is for. Later versions may add constants. */
  public enum Purpose {
    /** Confirms an account after SignUp: ConfirmSignUp takes its code. */
    SIGN_UP,
    /** Sets a new password: ConfirmForgotPassword takes its code. */
    PASSWORD_RESET,
    /** Shows that an address is the user's own: VerifyUserAttribute takes its code. */
    ATTRIBUTE_VERIFICATION,
    /** A first or second factor of a sign-in: RespondToAuthChallenge takes its code. */
    SIGN_IN,
    /** Invites a user whom an administrator made. */
    INVITATION
  }

  /** How a message travels. */
  public enum Medium {
    /** By e-mail. */
    EMAIL,
    /** By text message. */
    SMS;

    /** The attribute with the address. */
    String attribute() {
      return this == EMAIL ? "email" : "phone_number";
    }
  }

  @Override
  public String toString() {
    return "SentMessage[" + purpose + ", " + medium + " by " + sentBy + " at " + sentAt + "]";
  }
}
