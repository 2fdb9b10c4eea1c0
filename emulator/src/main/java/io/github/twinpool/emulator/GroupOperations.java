package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.Groups.Group;
import java.util.List;
import java.util.Map;

/** Groups, and who is in them. */
final class GroupOperations {
  private static final int LARGEST_PAGE = 60;
  private static final String ALL = "groups-page";
  private static final String[] SETTINGS = {"Description", "RoleArn", "Precedence"};

  private GroupOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "CreateGroup", GroupOperations::create,
        "GetGroup", GroupOperations::get,
        "UpdateGroup", GroupOperations::update,
        "DeleteGroup", GroupOperations::delete,
        "ListGroups", GroupOperations::list,
        "AdminAddUserToGroup", call -> change(call, true),
        "AdminRemoveUserFromGroup", call -> change(call, false),
        "AdminListGroupsForUser", GroupOperations::listOfUser,
        "ListUsersInGroup", GroupOperations::listUsers);
  }

  private static ObjectNode create(Call call) {
    Pool pool = call.pool();
    Group group =
        new Group(
            call.request().required("GroupName"),
            call.request().copy(SETTINGS),
            call.now(),
            call.now());
    pool.groups().add(group);
    return WireJson.object().set("Group", group.describe(pool));
  }

  private static ObjectNode get(Call call) {
    Pool pool = call.pool();
    return WireJson.object().set("Group", group(call, pool).describe(pool));
  }

  private static Group group(Call call, Pool pool) {
    return pool.groups()
        .get(call.role(), call.request().required("GroupName"))
        .orElseThrow(Groups::unknown);
  }

  private static ObjectNode update(Call call) {
    Pool pool = call.pool();
    ObjectNode given = call.request().copy(SETTINGS);
    Group updated =
        pool.groups().update(group(call, pool).name(), it -> it.updated(given, call.now()));
    return WireJson.object().set("Group", updated.describe(pool));
  }

  /** One that is made later under the same name begins without users. */
  private static ObjectNode delete(Call call) {
    Pool pool = call.pool();
    String name = call.request().required("GroupName");
    call.cognito()
        .log()
        .atomically(
            () -> {
              pool.groups().remove(name);
              pool.leave(name);
              return name;
            });
    return WireJson.object();
  }

  private static ObjectNode change(Call call, boolean in) {
    Pool pool = call.pool();
    String username = call.user(pool).username();
    String group = group(call, pool).name();
    pool.update(username, user -> user.withGroup(group, in));
    return WireJson.object();
  }

  private static ObjectNode list(Call call) {
    Pool pool = call.pool();
    int limit = limit(call);
    String after =
        call.request()
            .text("NextToken")
            .map(token -> PageToken.open(call, pool, ALL, "", token))
            .orElse("");
    ObjectNode answer = WireJson.object();
    ArrayNode groups = answer.putArray("Groups");
    String last = "";
    for (Group group : pool.groups().after(call.role(), after, limit + 1)) {
      if (groups.size() == limit) {
        return answer.put("NextToken", PageToken.seal(call, pool, ALL, "", last));
      }
      groups.add(group.describe(pool));
      last = group.name();
    }
    return answer;
  }

  private static ObjectNode listOfUser(Call call) {
    Pool pool = call.pool();
    UserRecord user = call.user(pool);
    String list = ALL + " of user";
    int limit = limit(call);
    String after =
        call.request()
            .text("NextToken")
            .map(token -> PageToken.open(call, pool, list, user.username(), token))
            .orElse("");
    ObjectNode answer = WireJson.object();
    ArrayNode groups = answer.putArray("Groups");
    String last = "";
    for (String name : user.groups().tailSet(after, false)) {
      if (groups.size() == limit) {
        return answer.put("NextToken", PageToken.seal(call, pool, list, user.username(), last));
      }
      pool.groups().get(call.role(), name).ifPresent(group -> groups.add(group.describe(pool)));
      last = name;
    }
    return answer;
  }

  private static ObjectNode listUsers(Call call) {
    Pool pool = call.pool();
    String group = group(call, pool).name();
    String list = ALL + " of users";
    int limit = limit(call);
    String after =
        call.request()
            .text("NextToken")
            .map(token -> PageToken.open(call, pool, list, group, token))
            .orElse("");
    List<UserRecord> found =
        UserListing.find(
            pool, call.role(), user -> user.groups().contains(group), after, limit + 1);
    ObjectNode answer = WireJson.object();
    ArrayNode users = answer.putArray("Users");
    found.stream()
        .limit(limit)
        .map(user -> AdministrationOperations.describe(user, "Attributes"))
        .forEach(users::add);
    if (found.size() > limit) {
      String last = found.get(limit - 1).username();
      answer.put("NextToken", PageToken.seal(call, pool, list, group, last));
    }
    return answer;
  }

  private static int limit(Call call) {
    int asked = call.request().number("Limit").orElse(LARGEST_PAGE);
    return asked == 0 ? LARGEST_PAGE : asked;
  }
}
