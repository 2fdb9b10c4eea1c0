package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.SentMessage.Medium;
import io.github.twinpool.emulator.SentMessage.Purpose;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The messages by which AdminCreateUser invites users. */
final class Invitations {
  private Invitations() {}

  /**
   * How an invitation travels. Without DesiredDeliveryMediums it goes by SMS, as documented, and by
   * e-mail to those who have no phone number: an assumption. Who has no address gets none.
   *
   * @throws WireError an InvalidParameterException if an address is missing that is asked for
   */
  static List<Medium> media(JsonRequest request, Map<String, String> attributes) {
    if (request.text("MessageAction").filter("SUPPRESS"::equals).isPresent()) {
      return List.of();
    }
    List<Medium> desired =
        request.texts("DesiredDeliveryMediums").stream().distinct().map(Medium::valueOf).toList();
    for (Medium medium : desired) {
      if (address(medium, attributes).isEmpty()) {
        throw WireError.invalidParameter(
            "The user has no " + medium.attribute() + " for an invitation by " + medium + ".");
      }
    }
    return desired.isEmpty()
        ? Stream.of(Medium.SMS, Medium.EMAIL)
            .filter(medium -> !address(medium, attributes).isEmpty())
            .limit(1)
            .toList()
        : desired;
  }

  private static String address(Medium medium, Map<String, String> attributes) {
    return attributes.getOrDefault(medium.attribute(), "");
  }

  /**
   * Sends invitations.
   *
   * @param password the temporary password, or the empty string
   */
  static void send(Call call, Pool pool, UserRecord user, List<Medium> media, String password) {
    for (Medium medium : media) {
      pool.outbox()
          .deliver(
              user.username(),
              new SentMessage(
                  call.role(),
                  Purpose.INVITATION,
                  medium,
                  address(medium, user.attributes()),
                  password,
                  call.now()));
    }
  }

  /**
   * AdminCreateUser with RESEND: invites a user again, with another temporary password.
   *
   * @throws WireError an UnsupportedUserStateException once the user has a password of their own
   */
  static ObjectNode resend(Call call, Pool pool, Optional<String> givenPassword) {
    UserRecord user = call.user(pool);
    List<Medium> media = media(call.request(), user.attributes());
    String password = givenPassword.orElseGet(call.cognito().names()::password);
    StoredPassword stored = call.cognito().stored(pool, user.username(), password);
    UserRecord invited =
        pool.update(
            user.username(),
            known -> {
              if (known.status() != UserStatus.FORCE_CHANGE_PASSWORD) {
                throw WireError.of(
                    "UnsupportedUserStateException",
                    "Resend not possible. "
                        + known.username()
                        + " status is not FORCE_CHANGE_PASSWORD");
              }
              return known.withPassword(stored, known.status(), call.now());
            });
    send(call, pool, invited, media, password);
    return WireJson.object().set("User", AdministrationOperations.describe(invited, "Attributes"));
  }
}
