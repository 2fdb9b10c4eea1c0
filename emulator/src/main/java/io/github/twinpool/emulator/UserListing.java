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
    List<UserRecord> found = find(pool, call.role(), UserFilter.parse(filter), after, limit + 1);

    ObjectNode answer = WireJson.object();
    ArrayNode users = answer.putArray("Users");
    Set<String> wanted = Set.copyOf(call.request().texts("AttributesToGet"));
    found.stream().limit(limit).map(user -> describe(user, wanted)).forEach(users::add);
    if (found.size() > limit) {
      answer.put(
          "PaginationToken",
          PageToken.seal(call, pool, PURPOSE, filter, found.get(limit - 1).username()));
    }
    return answer;
  }

  private static List<UserRecord> find(
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
