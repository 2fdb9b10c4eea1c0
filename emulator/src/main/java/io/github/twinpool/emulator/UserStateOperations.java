package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Users are disabled, enabled and deleted, and attributes of theirs are deleted. */
final class UserStateOperations {
  private static final String NAMES = "UserAttributeNames";

  private UserStateOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "AdminDisableUser", UserStateOperations::disable,
        "AdminEnableUser", UserStateOperations::enable,
        "AdminDeleteUser", UserStateOperations::adminDelete,
        "DeleteUser", UserStateOperations::delete,
        "AdminDeleteUserAttributes", UserStateOperations::adminDeleteAttributes,
        "DeleteUserAttributes", UserStateOperations::deleteAttributes);
  }

  /** Also revokes the user's tokens, for good. (Source: API reference, AdminDisableUser.) */
  private static ObjectNode disable(Call call) {
    Pool pool = call.pool();
    UserRecord user = call.user(pool);
    pool.update(user.username(), known -> known.withEnabled(false, call.now()));
    pool.revocations().revokeAll(call.role(), user.sub());
    return WireJson.object();
  }

  private static ObjectNode enable(Call call) {
    Pool pool = call.pool();
    pool.update(call.user(pool).username(), known -> known.withEnabled(true, call.now()));
    return WireJson.object();
  }

  private static ObjectNode adminDelete(Call call) {
    Pool pool = call.pool();
    pool.remove(call.user(pool).username());
    return WireJson.object();
  }

  private static ObjectNode delete(Call call) {
    SignedInUser signedIn = SignedInUser.of(call);
    signedIn.pool().remove(signedIn.user().username());
    return WireJson.object();
  }

  private static ObjectNode adminDeleteAttributes(Call call) {
    Pool pool = call.pool();
    return deleteAttributes(call, pool, call.user(pool));
  }

  private static ObjectNode deleteAttributes(Call call) {
    SignedInUser signedIn = SignedInUser.of(call);
    signedIn.clientAttributes().checkWrite(call.request().texts(NAMES));
    return deleteAttributes(call, signedIn.pool(), signedIn.user());
  }

  private static ObjectNode deleteAttributes(Call call, Pool pool, UserRecord user) {
    Map<String, String> changes =
        AttributeRules.of(call, pool).forDeletion(call.request().texts(NAMES));
    pool.update(user.username(), known -> known.withAttributes(changes, call.now()));
    return WireJson.object();
  }
}
