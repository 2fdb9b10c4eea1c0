package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The groups of one pool; users know which they are in. They replicate. Thread-safe. */
final class Groups {
  private static final int MAX_GROUPS = 10_000;

  private final ReplicationLog log;
  private final ReplicatedMap<Group> groups;

  /** A group, with the members of CreateGroup as they were given. */
  record Group(String name, ObjectNode shown, Instant created) {
    int precedence() {
      return shown.path("Precedence").asInt(Integer.MAX_VALUE);
    }

    ObjectNode describe(Pool pool) {
      return shown
          .deepCopy()
          .put("GroupName", name)
          .put("UserPoolId", pool.id())
          .put("CreationDate", WireJson.seconds(created))
          .put("LastModifiedDate", WireJson.seconds(created));
    }
  }

  Groups(ReplicationLog log) {
    this.log = log;
    this.groups = new ReplicatedMap<>(log);
  }

  /**
   * Adds a group.
   *
   * @throws WireError a GroupExistsException, a LimitExceededException
   */
  void add(Group group) {
    log.atomically(
        () -> {
          if (groups.get(RegionRole.PRIMARY, group.name()).isPresent()) {
            throw WireError.of("GroupExistsException", "A group with the name already exists.");
          }
          if (groups.size(RegionRole.PRIMARY) >= MAX_GROUPS) {
            throw WireError.limitExceeded("The emulator keeps at most " + MAX_GROUPS + " groups.");
          }
          groups.put(group.name(), group);
          return group;
        });
  }

  /** Adds a group that both Regions see at once, as if the lag were over. */
  void addEverywhere(Group group) {
    groups.putEverywhere(group.name(), group);
  }

  Optional<Group> get(RegionRole role, String name) {
    return groups.get(role, name);
  }

  /** Up to {@code limit} groups of a Region after a name, in the order of their names. */
  List<Group> after(RegionRole role, String name, int limit) {
    return groups.after(role, name, limit);
  }

  /** The names of a user's groups, that of the least precedence first. */
  List<String> of(RegionRole role, UserRecord user) {
    return user.groups().stream()
        .flatMap(name -> get(role, name).stream())
        .sorted(Comparator.comparingInt(Group::precedence))
        .map(Group::name)
        .toList();
  }
}
