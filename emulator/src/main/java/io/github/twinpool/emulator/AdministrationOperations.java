package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** What administrators do with users, one at a time. */
final class AdministrationOperations {
  private AdministrationOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "AdminCreateUser", AdministrationOperations::createUser,
        "AdminGetUser", AdministrationOperations::getUser,
        "AdminSetUserPassword", AdministrationOperations::setPassword,
        "AdminUpdateUserAttributes", AdministrationOperations::updateAttributes,
        "AdminResetUserPassword", AdministrationOperations::resetPassword,
        "AdminConfirmSignUp", AdministrationOperations::confirmSignUp);
  }

  private static ObjectNode createUser(Call call) {
    Pool pool = call.pool();
    if (call.request().text("MessageAction").filter("RESEND"::equals).isPresent()) {
      throw WireError.notEmulated("AdminCreateUser with the MessageAction RESEND");
    }
    Map<String, String> attributes =
        AttributeRules.of(call, pool).forNewUser(call.request().attributes("UserAttributes"));
    Optional<String> given = call.request().text("TemporaryPassword").filter(it -> !it.isEmpty());
    given.ifPresent(pool.settings(call.role()).passwordPolicy()::check);
    Usernames.NewUser named =
        Usernames.of(call, pool, call.request().required("Username"), attributes);
    String password = given.orElseGet(call.cognito().names()::password);
    UserRecord user =
        UserRecord.fresh(
            named.username(),
            named.sub(),
            call.cognito().stored(pool, named.username(), password),
            UserStatus.FORCE_CHANGE_PASSWORD,
            named.attributes(),
            call.now());
    boolean moveAliases = call.request().flag("ForceAliasCreation", false);
    pool.add(user, false, moveAliases);
    return WireJson.object().set("User", describe(user, "Attributes"));
  }

  private static ObjectNode getUser(Call call) {
    UserRecord user = call.user(call.pool());
    ObjectNode answer = describe(user, "UserAttributes");
    user.mfa().describe(answer);
    return answer;
  }

  /** A user as administrators see them; the list of attributes has two names in the API. */
  static ObjectNode describe(UserRecord user, String attributesMember) {
    ObjectNode description =
        WireJson.object()
            .put("Username", user.username())
            .put("UserCreateDate", WireJson.seconds(user.created()))
            .put("UserLastModifiedDate", WireJson.seconds(user.modified()))
            .put("Enabled", user.enabled())
            .put("UserStatus", user.status().name());
    description.set(attributesMember, user.describeAttributes());
    return description;
  }

  private static ObjectNode setPassword(Call call) {
    Pool pool = call.pool();
    String username = call.user(pool).username();
    String password = call.request().required("Password");
    pool.settings(call.role()).passwordPolicy().check(password);
    StoredPassword stored = call.cognito().stored(pool, username, password);
    UserStatus status =
        call.request().flag("Permanent", false)
            ? UserStatus.CONFIRMED
            : UserStatus.FORCE_CHANGE_PASSWORD;
    pool.update(username, user -> user.withPassword(stored, status, call.now()));
    return WireJson.object();
  }

  /** The user signs in again after setting a new password with the code that is sent. */
  private static ObjectNode resetPassword(Call call) {
    Pool pool = call.pool();
    PoolSettings settings = pool.settings(call.role());
    UserRecord user = call.user(pool);
    if (settings.recovery().byAdministratorOnly()) {
      throw WireError.invalidParameter(
          "The user pool must have self-service account recovery configured.");
    }
    CodeDelivery delivery = AccountOperations.recoveryDelivery(user, settings);
    pool.update(user.username(), known -> known.withStatus(UserStatus.RESET_REQUIRED, call.now()));
    pool.outbox().send(user, delivery, call.role(), call.now());
    return WireJson.object();
  }

  private static ObjectNode updateAttributes(Call call) {
    Pool pool = call.pool();
    UserRecord before = call.user(pool);
    Map<String, String> changes = call.request().attributes("UserAttributes");
    AttributeRules rules = AttributeRules.of(call, pool);
    UserRecord after =
        pool.update(
            before.username(),
            user -> user.withAttributes(rules.forUpdate(user, changes), call.now()));
    AccountOperations.sendCodes(call, pool, before, after);
    return WireJson.object();
  }

  private static ObjectNode confirmSignUp(Call call) {
    Pool pool = call.pool();
    pool.update(
        call.user(pool).username(),
        user -> {
          if (user.status() != UserStatus.UNCONFIRMED) {
            throw WireError.notAuthorized(
                "User cannot be confirmed. Current status is " + user.status());
          }
          return user.withStatus(UserStatus.CONFIRMED, call.now());
        });
    return WireJson.object();
  }
}
