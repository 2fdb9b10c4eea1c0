package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.SentMessage.Medium;
import io.github.twinpool.emulator.SentMessage.Purpose;
import java.util.List;
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
    PoolSettings settings = pool.settings(call.role());
    Optional<String> given = call.request().text("TemporaryPassword").filter(it -> !it.isEmpty());
    given.ifPresent(settings.passwordPolicy()::check);
    if (call.request().text("MessageAction").filter("RESEND"::equals).isPresent()) {
      return Invitations.resend(call, pool, given);
    }
    Map<String, String> attributes =
        AttributeRules.of(call, pool).forNewUser(call.request().attributes("UserAttributes"));
    Usernames.NewUser named =
        Usernames.of(call, pool, call.request().required("Username"), attributes);
    List<Medium> invitations = Invitations.media(call.request(), named.attributes());
    boolean withoutPassword =
        given.isEmpty() && settings.signsInWithoutPassword(named.attributes());
    String password = given.orElseGet(call.cognito().names()::password);
    StoredPassword stored = call.cognito().stored(pool, named.username(), password);
    UserRecord user =
        UserRecord.fresh(
            named.username(),
            named.sub(),
            withoutPassword ? stored.unknown() : stored,
            withoutPassword ? UserStatus.CONFIRMED : UserStatus.FORCE_CHANGE_PASSWORD,
            named.attributes(),
            call.now());
    boolean moveAliases = call.request().flag("ForceAliasCreation", false);
    pool.add(user, false, moveAliases);
    Invitations.send(call, pool, user, invitations, withoutPassword ? "" : password);
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
    pool.outbox().send(Purpose.PASSWORD_RESET, user, delivery, call.role(), call.now());
    return WireJson.object();
  }

  private static ObjectNode updateAttributes(Call call) {
    Pool pool = call.pool();
    AttributeUpdates.apply(
        call, pool, call.user(pool), call.request().attributes("UserAttributes"));
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
