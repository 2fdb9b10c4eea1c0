package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** ListUsers: pages in the order of user names. */
final class UserListing {
  private static final int LARGEST_PAGE = 60;
  private static final int CHUNK = 1_000;
  private static final String PURPOSE = "users-page";

  private UserListing() {}

  static Map<String, Operation> all() {
    return Map.of("ListUsers", UserListing::listUsers);
  }

  private static ObjectNode listUsers(Call call) {
    Pool pool = call.pool();
    String filter = call.request().text("Filter").orElse("");
    int asked = call.request().number("Limit").orElse(LARGEST_PAGE);
    // The model allows a Limit of 0, which the service takes for none.
    int limit = asked == 0 ? LARGEST_PAGE : asked;
    String after =
        call.request()
            .text("PaginationToken")
            .map(token -> PageToken.open(call, pool, PURPOSE, filter, token))
            .orElse("");
    Set<String> wanted = wanted(call, pool);
    Predicate<UserRecord> matching =
        UserFilter.parse(filter, pool.settings(call.role()).caseSensitive());
    List<UserRecord> found = find(pool, call.role(), matching, after, limit + 1);
    List<UserRecord> page = found.stream().limit(limit).toList();
    if (page.stream().anyMatch(user -> wanted.stream().anyMatch(it -> lacks(user, it)))) {
      throw noSuchAttributes();
    }

    ObjectNode answer = WireJson.object();
    ArrayNode users = answer.putArray("Users");
    page.stream().map(user -> describe(user, wanted)).forEach(users::add);
    if (found.size() > limit) {
      answer.put(
          "PaginationToken",
          PageToken.seal(call, pool, PURPOSE, filter, found.get(limit - 1).username()));
    }
    return answer;
  }

  /**
   * The AttributesToGet, which the pool must have, and every user of the page. (Source: API
   * reference, ListUsers; the message was seen.)
   */
  private static Set<String> wanted(Call call, Pool pool) {
    Set<String> wanted = Set.copyOf(call.request().texts("AttributesToGet"));
    UserSchema schema = pool.settings(call.role()).schema();
    if (!wanted.stream().allMatch(name -> schema.find(name).isPresent())) {
      throw noSuchAttributes();
    }
    return wanted;
  }

  private static boolean lacks(UserRecord user, String attribute) {
    return user.attribute(attribute).isEmpty();
  }

  private static WireError noSuchAttributes() {
    return WireError.invalidParameter("One or more requested attributes do not exist.");
  }

  /** The first users after a name that a filter lets through. */
  static List<UserRecord> find(
      Pool pool, RegionRole role, Predicate<UserRecord> filter, String after, int wanted) {
    List<UserRecord> found = new ArrayList<>();
    List<UserRecord> chunk = pool.usersAfter(role, after, CHUNK);
    while (!chunk.isEmpty() && found.size() < wanted) {
      chunk.stream().filter(filter).limit(wanted - found.size()).forEach(found::add);
      chunk = pool.usersAfter(role, chunk.get(chunk.size() - 1).username(), CHUNK);
    }
    return found;
  }

  private static ObjectNode describe(UserRecord user, Set<String> wanted) {
    ObjectNode description = AdministrationOperations.describe(user, "Attributes");
    if (!wanted.isEmpty()) {
      ArrayNode kept = description.putArray("Attributes");
      user.describeAttributes()
          .valueStream()
          .filter(attribute -> wanted.contains(attribute.path("Name").asText()))
          .forEach(kept::add);
    }
    return description;
  }
}
