package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.SentMessage.Purpose;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Users show that an address is their own: GetUserAttributeVerificationCode, VerifyUserAttribute.
 */
final class VerificationOperations {
  private static final Set<String> VERIFIABLE = Set.of("email", "phone_number");

  private VerificationOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "GetUserAttributeVerificationCode", VerificationOperations::sendCode,
        "VerifyUserAttribute", VerificationOperations::verify);
  }

  /** A new code for a new value that waits to be verified, or else for the value at hand. */
  private static ObjectNode sendCode(Call call) {
    SignedInUser signedIn = SignedInUser.of(call);
    UserRecord user = signedIn.user();
    String attribute = attribute(call);
    Outbox outbox = signedIn.pool().outbox();
    String address =
        Optional.of(signedIn.pool().settings(call.role()))
            .filter(settings -> settings.verifiedBeforeUpdate().contains(attribute))
            .flatMap(settings -> outbox.awaited(user.username(), attribute, call.now()))
            .orElseGet(() -> user.attribute(attribute));
    if (address.isEmpty()) {
      throw WireError.invalidParameter(
          "User does not have a valid registered "
              + (attribute.equals("email") ? "email address" : "phone number"));
    }
    CodeDelivery delivery = CodeDelivery.toAddress(attribute, address);
    outbox.send(Purpose.ATTRIBUTE_VERIFICATION, user, delivery, address, call.role(), call.now());
    return WireJson.object().set("CodeDeliveryDetails", delivery.describe());
  }

  /**
   * A value that was verified already can be verified again. (Seen: floci-io/floci pull request
   * 2018, against a real pool.) A code that went to an address which the user no longer has is good
   * for nothing, unless the pool verifies new values before it takes them.
   */
  private static ObjectNode verify(Call call) {
    SignedInUser signedIn = SignedInUser.of(call);
    Pool pool = signedIn.pool();
    UserRecord user = signedIn.user();
    String attribute = attribute(call);
    Outbox.Use use = Outbox.Use.verifying(attribute);
    String code = call.request().required("Code");
    String address = pool.outbox().check(use, user.username(), code, call.now()).address();
    boolean takes = pool.settings(call.role()).verifiedBeforeUpdate().contains(attribute);
    // An alias that is taken leaves the code usable.
    pool.update(
        user.username(),
        known -> {
          if (!takes && !known.attribute(attribute).equals(address)) {
            throw Outbox.expired();
          }
          return known.withAttributes(
              Map.of(attribute, address, attribute + "_verified", "true"), call.now());
        });
    pool.outbox().use(use, user.username(), code, call.now());
    return WireJson.object();
  }

  private static String attribute(Call call) {
    String name = call.request().required("AttributeName");
    if (!VERIFIABLE.contains(name)) {
      throw WireError.invalidParameter(
          "Invalid attribute name. Only phone_number and email can be verified.");
    }
    return name;
  }
}
