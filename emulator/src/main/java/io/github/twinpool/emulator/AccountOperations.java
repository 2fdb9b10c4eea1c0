package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.SentMessage.Purpose;
import java.util.Map;
import java.util.Optional;

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
    SignedInUser signedIn = SignedInUser.of(call);
    UserRecord user = signedIn.user();
    ObjectNode answer = WireJson.object().put("Username", user.username());
    answer.set("UserAttributes", user.describeAttributes(signedIn.clientAttributes()::mayRead));
    user.mfa().describe(answer);
    return answer;
  }

  private static ObjectNode updateUserAttributes(Call call) {
    SignedInUser signedIn = SignedInUser.of(call);
    Map<String, String> changes = call.request().attributes("UserAttributes");
    signedIn.clientAttributes().checkWrite(changes.keySet());
    ObjectNode answer = WireJson.object();
    ArrayNode deliveries = answer.putArray("CodeDeliveryDetailsList");
    AttributeUpdates.apply(call, signedIn.pool(), signedIn.user(), changes)
        .forEach(delivery -> deliveries.add(delivery.describe()));
    return answer;
  }

  private static ObjectNode changePassword(Call call) {
    SignedInUser signedIn = SignedInUser.of(call);
    Pool pool = signedIn.pool();
    UserRecord user = signedIn.user();
    String previous = call.request().text("PreviousPassword").orElse("");
    Lockouts lockouts = pool.lockouts(call.role());
    lockouts.check(user.username(), call.now());
    // A user without a password sets one, and has nothing to show before.
    boolean shown =
        user.password().exists() ? user.password().matches(previous) : previous.isEmpty();
    if (!shown) {
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
    PoolSettings settings = pool.settings(call.role());
    if (settings.recovery().byAdministratorOnly()) {
      throw WireError.notAuthorized("Contact administrator to reset password.");
    }
    Optional<UserRecord> user = pool.user(call.role(), username);
    ObjectNode answer = WireJson.object();
    if (client.preventsUserExistenceErrors() && !isReachable(user, settings)) {
      return answer.set(
          "CodeDeliveryDetails",
          CodeDelivery.simulated(username, settings.prefersPhone()).describe());
    }
    UserRecord known = user.orElseThrow(AccountOperations::unknownForCodes);
    CodeDelivery delivery = recoveryDelivery(known, settings);
    pool.outbox().send(Purpose.PASSWORD_RESET, known, delivery, call.role(), call.now());
    return answer.set("CodeDeliveryDetails", delivery.describe());
  }

  /**
   * Whether there is a user to whom a code can be sent. Others look the same to a client that
   * prevents user existence errors. (Source: developer guide, "Managing user existence error
   * responses".)
   */
  private static boolean isReachable(Optional<UserRecord> user, PoolSettings settings) {
    return user.filter(UserRecord::enabled)
        .filter(
            known ->
                known.status() == UserStatus.FORCE_CHANGE_PASSWORD
                    || settings.recovery().delivery(known).isPresent())
        .isPresent();
  }

  /**
   * Where the code for a new password goes.
   *
   * @throws WireError a NotAuthorizedException, an InvalidParameterException
   */
  static CodeDelivery recoveryDelivery(UserRecord user, PoolSettings settings) {
    if (!user.enabled() || user.status() == UserStatus.FORCE_CHANGE_PASSWORD) {
      throw WireError.notAuthorized("User password cannot be reset in the current state.");
    }
    return settings
        .recovery()
        .delivery(user)
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
    boolean unseen = user.isEmpty() || !user.get().enabled();
    if (unseen && client.preventsUserExistenceErrors()) {
      throw Outbox.mismatch();
    }
    UserRecord known = user.orElseThrow(AccountOperations::unknownForCodes);
    String password = call.request().required("Password");
    pool.settings(call.role()).passwordPolicy().check(password);
    String code = call.request().required("ConfirmationCode");
    pool.outbox().use(Outbox.Use.PASSWORD_RESET, known.username(), code, call.now());
    setPassword(call, pool, known, password);
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
