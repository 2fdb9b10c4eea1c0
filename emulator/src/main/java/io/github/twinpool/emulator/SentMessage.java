package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.time.Instant;

/**
 * A message with a code, which nobody delivers.
 *
 * @param sentBy the Region that sent it
 * @param destination the e-mail address or the phone number, in full
 * @param code the code, a credential: {@code toString} does not show it
 */
public record SentMessage(
    RegionRole sentBy, Medium medium, String destination, String code, Instant sentAt) {

  /** How a code travels. */
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
    return "SentMessage[" + medium + " by " + sentBy + " at " + sentAt + "]";
  }
}
