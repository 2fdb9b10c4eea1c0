package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What users do with their own account: read, change, and regain it. */
final class AccountOperations {
  private AccountOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "GetUser", AccountOperations::getUser,
        "UpdateUserAttributes", AccountOperations::updateUserAttributes,
        "ChangePassword", AccountOperations::changePassword,
        "ForgotPassword", AccountOperations::forgotPassword,
        "ConfirmForgotPassword", AccountOperations::confirmForgotPassword);
  }

  private static ObjectNode getUser(Call call) {
    UserRecord user = SignedInUser.of(call).user();
    ObjectNode answer = WireJson.object().put("Username", user.username());
    answer.set("UserAttributes", user.describeAttributes());
    user.mfa().describe(answer);
    return answer;
  }

  private static ObjectNode updateUserAttributes(Call call) {
    SignedInUser signedIn = SignedInUser.of(call);
    Map<String, String> changes = call.request().attributes("UserAttributes");
    AttributeRules.check(changes);
    AttributeRules.checkWrittenByUser(changes);
    UserRecord before = signedIn.user();
    UserRecord after =
        signedIn
            .pool()
            .update(
                before.username(),
                user ->
                    user.withAttributes(
                        AttributeRules.withConsequences(user, changes), call.now()));
    ObjectNode answer = WireJson.object();
    ArrayNode deliveries = answer.putArray("CodeDeliveryDetailsList");
    Stream.of("email", "phone_number")
        .filter(name -> !after.attribute(name).equals(before.attribute(name)))
        .flatMap(name -> CodeDelivery.to(after, name).stream())
        .forEach(
            delivery -> {
              signedIn.pool().outbox().send(after, delivery, call.role(), call.now());
              deliveries.add(delivery.describe());
            });
    return answer;
  }

  private static ObjectNode changePassword(Call call) {
    SignedInUser signedIn = SignedInUser.of(call);
    Pool pool = signedIn.pool();
    UserRecord user = signedIn.user();
    String previous = call.request().text("PreviousPassword").orElse("");
    Lockouts lockouts = pool.lockouts(call.role());
    lockouts.check(user.username(), call.now());
    if (!user.password().matches(previous)) {
      lockouts.failed(user.username(), call.now());
      throw WireError.notAuthorized("Incorrect username or password.");
    }
    lockouts.succeeded(user.username());
    setPassword(call, pool, user, call.request().required("ProposedPassword"));
    return WireJson.object();
  }

  private static ObjectNode forgotPassword(Call call) {
    AppClient client = call.client();
    String username = call.request().required("Username");
    call.checkSecretHash(client, username, call.request().text("SecretHash"));
    Pool pool = call.poolOf(client);
    Optional<UserRecord> user = pool.user(call.role(), username);
    ObjectNode answer = WireJson.object();
    if (user.isEmpty()) {
      if (!client.preventsUserExistenceErrors()) {
        throw unknownForCodes();
      }
      return answer.set(
          "CodeDeliveryDetails",
          CodeDelivery.simulated(username, SentMessage.Medium.EMAIL).describe());
    }
    CodeDelivery delivery = verifiedDelivery(user.get());
    pool.outbox().send(user.get(), delivery, call.role(), call.now());
    return answer.set("CodeDeliveryDetails", delivery.describe());
  }

  static CodeDelivery verifiedDelivery(UserRecord user) {
    if (!user.enabled() || user.status() == UserStatus.FORCE_CHANGE_PASSWORD) {
      throw WireError.notAuthorized("User password cannot be reset in the current state.");
    }
    return Stream.of("email", "phone_number")
        .filter(name -> user.attribute(name + "_verified").equals("true"))
        .flatMap(name -> CodeDelivery.to(user, name).stream())
        .findFirst()
        .orElseThrow(
            () ->
                WireError.invalidParameter(
                    "Cannot reset password for the user as there is no registered/verified email"
                        + " or phone_number"));
  }

  private static ObjectNode confirmForgotPassword(Call call) {
    AppClient client = call.client();
    String username = call.request().required("Username");
    call.checkSecretHash(client, username, call.request().text("SecretHash"));
    Pool pool = call.poolOf(client);
    Optional<UserRecord> user = pool.user(call.role(), username);
    if (user.isEmpty() && !client.preventsUserExistenceErrors()) {
      throw unknownForCodes();
    }
    String password = call.request().required("Password");
    pool.settings(call.role()).passwordPolicy().check(password);
    String owner = user.map(UserRecord::username).orElse(username);
    pool.outbox().use(owner, call.request().required("ConfirmationCode"), call.now());
    user.ifPresent(known -> setPassword(call, pool, known, password));
    return WireJson.object();
  }

  static WireError unknownForCodes() {
    return WireError.of("UserNotFoundException", "Username/client id combination not found.");
  }

  private static void setPassword(Call call, Pool pool, UserRecord user, String password) {
    pool.settings(call.role()).passwordPolicy().check(password);
    StoredPassword stored = call.cognito().stored(pool, user.username(), password);
    pool.update(
        user.username(), known -> known.withPassword(stored, UserStatus.CONFIRMED, call.now()));
  }
}
