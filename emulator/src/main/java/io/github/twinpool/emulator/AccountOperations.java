package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What users do with their own account: sign up, read, change, and regain it. */
final class AccountOperations {
  private AccountOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "SignUp", AccountOperations::signUp,
        "GetUser", AccountOperations::getUser,
        "UpdateUserAttributes", AccountOperations::updateUserAttributes,
        "ChangePassword", AccountOperations::changePassword,
        "ForgotPassword", AccountOperations::forgotPassword,
        "ConfirmForgotPassword", AccountOperations::confirmForgotPassword);
  }

  private static ObjectNode signUp(Call call) {
    JsonRequest request = call.request();
    AppClient client = call.client();
    String username = request.required("Username");
    call.checkSecretHash(client, username, request.text("SecretHash"));
    Pool pool = call.poolOf(client);
    // Passwordless sign-up comes with the passwordless sign-in flows, which are not emulated.
    String password =
        request
            .text("Password")
            .orElseThrow(() -> WireError.invalidParameter("Missing required parameter PASSWORD"));
    pool.settings(call.role()).passwordPolicy().check(password);
    Map<String, String> attributes = request.attributes("UserAttributes");
    AttributeRules.check(attributes);
    AttributeRules.checkWrittenByUser(attributes);
    UserRecord user =
        new UserRecord(
            username,
            call.cognito().names().sub(),
            call.cognito().hash(password),
            UserStatus.UNCONFIRMED,
            true,
            attributes,
            call.now(),
            call.now());
    pool.add(user, false, call.cognito().log());
    ObjectNode answer = WireJson.object().put("UserConfirmed", false).put("UserSub", user.sub());
    CodeDelivery.to(user)
        .ifPresent(
            delivery -> {
              pool.outbox().send(user.username(), call.now());
              answer.set("CodeDeliveryDetails", delivery.describe());
            });
    return answer;
  }

  private static ObjectNode getUser(Call call) {
    UserRecord user = SignedInUser.of(call).user();
    ObjectNode answer = WireJson.object().put("Username", user.username());
    answer.set("UserAttributes", user.describeAttributes());
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
              signedIn.pool().outbox().send(after.username(), call.now());
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
        throw unknownForPasswordReset();
      }
      return answer.set("CodeDeliveryDetails", CodeDelivery.simulated(username).describe());
    }
    CodeDelivery delivery = verifiedDelivery(user.get());
    pool.outbox().send(user.get().username(), call.now());
    return answer.set("CodeDeliveryDetails", delivery.describe());
  }

  private static CodeDelivery verifiedDelivery(UserRecord user) {
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
      throw unknownForPasswordReset();
    }
    String password = call.request().required("Password");
    pool.settings(call.role()).passwordPolicy().check(password);
    String owner = user.map(UserRecord::username).orElse(username);
    pool.outbox().use(owner, call.request().required("ConfirmationCode"), call.now());
    user.ifPresent(known -> setPassword(call, pool, known, password));
    return WireJson.object();
  }

  private static WireError unknownForPasswordReset() {
    return WireError.of("UserNotFoundException", "Username/client id combination not found.");
  }

  private static void setPassword(Call call, Pool pool, UserRecord user, String password) {
    pool.settings(call.role()).passwordPolicy().check(password);
    PasswordHash hash = call.cognito().hash(password);
    pool.update(
        user.username(), known -> known.withPassword(hash, UserStatus.CONFIRMED, call.now()));
  }
}
