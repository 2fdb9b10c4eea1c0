package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.SentMessage.Medium;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a code was sent, masked as Cognito masks it: {@code f***@e***}.
 *
 * @param attribute email or phone_number
 */
record CodeDelivery(String attribute, String maskedDestination) {

  /**
   * Where the code goes that confirms a new user: to the phone, else to the mailbox, as far as the
   * pool verifies them. (Source: developer guide, "Verifying contact information at sign-up".)
   */
  static Optional<CodeDelivery> toVerify(UserRecord user, PoolSettings settings) {
    return Stream.of("phone_number", "email")
        .filter(settings.autoVerified()::contains)
        .flatMap(attribute -> to(user, attribute).stream())
        .findFirst();
  }

  static Optional<CodeDelivery> to(UserRecord user, String attribute) {
    return Optional.of(user.attribute(attribute))
        .filter(value -> !value.isEmpty())
        .map(value -> toAddress(attribute, value));
  }

  /** To an address, be it the user's or not. */
  static CodeDelivery toAddress(String attribute, String address) {
    return new CodeDelivery(attribute, mask(address));
  }

  /**
   * Where the codes of a user seem to go who does not exist or has no address: by the form of what
   * was typed, or else by what the pool prefers. (Source: developer guide, "Managing user existence
   * error responses".)
   *
   * @param phone whether the pool prefers phones
   */
  static CodeDelivery simulated(String username, boolean phone) {
    if (username.indexOf('@') > 0) {
      return new CodeDelivery("email", mask(username));
    }
    if (Usernames.isPhone(username)) {
      return new CodeDelivery("phone_number", mask(username));
    }
    return simulated(username, phone ? Medium.SMS : Medium.EMAIL);
  }

  /** Where the codes of a user who does not exist seem to go. */
  static CodeDelivery simulated(String username, Medium medium) {
    String address =
        medium == Medium.EMAIL
            ? username + "@" + username
            : String.format(Locale.ROOT, "%04d", Math.floorMod(username.hashCode(), 10_000));
    return new CodeDelivery(medium.attribute(), mask(address));
  }

  Medium medium() {
    return attribute.equals("email") ? Medium.EMAIL : Medium.SMS;
  }

  private static String mask(String value) {
    int at = value.indexOf('@');
    if (at < 0) {
      return "+" + "*".repeat(7) + value.substring(Math.max(0, value.length() - 4));
    }
    return first(value) + "***@" + first(value.substring(at + 1)) + "***";
  }

  private static String first(String text) {
    return text.isEmpty() ? "" : text.substring(0, text.offsetByCodePoints(0, 1));
  }

  ObjectNode describe() {
    return WireJson.object()
        .put("AttributeName", attribute)
        .put("DeliveryMedium", medium().name())
        .put("Destination", maskedDestination);
  }
}
