package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The groups of one pool; users know which they are in. They replicate. Thread-safe. */
final class Groups {
  private static final int MAX_GROUPS = 10_000;

  private final ReplicationLog log;
  private final ReplicatedMap<Group> groups;

  /** A group, with the members of CreateGroup as they were given. */
  record Group(String name, ObjectNode shown, Instant created, Instant modified) {

    /** With what a request gives. What it leaves out stays: an assumption. */
    Group updated(ObjectNode given, Instant now) {
      ObjectNode changed = shown.deepCopy();
      changed.setAll(given);
      return new Group(name, changed, created, now);
    }

    int precedence() {
      return shown.path("Precedence").asInt(Integer.MAX_VALUE);
    }

    String role() {
      return shown.path("RoleArn").asText("");
    }

    ObjectNode describe(Pool pool) {
      return shown
          .deepCopy()
          .put("GroupName", name)
          .put("UserPoolId", pool.id())
          .put("CreationDate", WireJson.seconds(created))
          .put("LastModifiedDate", WireJson.seconds(modified));
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

  /**
   * Changes a group.
   *
   * @throws WireError a ResourceNotFoundException
   */
  Group update(String name, UnaryOperator<Group> change) {
    return groups.update(name, change).orElseThrow(Groups::unknown);
  }

  /**
   * Removes a group. Its users must leave it, too.
   *
   * @throws WireError a ResourceNotFoundException
   */
  void remove(String name) {
    if (!groups.remove(name)) {
      throw unknown();
    }
  }

  static WireError unknown() {
    return WireError.of("ResourceNotFoundException", "Group not found.");
  }

  Optional<Group> get(RegionRole role, String name) {
    return groups.get(role, name);
  }

  /** Up to {@code limit} groups of a Region after a name, in the order of their names. */
  List<Group> after(RegionRole role, String name, int limit) {
    return groups.after(role, name, limit);
  }

  /**
   * What tokens say of a user's groups, that of the least precedence first.
   *
   * @param roles the roles of the groups, without repetitions
   * @param preferredRole the role of the first group that has one; empty if another group of the
   *     same precedence has another
   */
  record Membership(List<String> names, List<String> roles, Optional<String> preferredRole) {}

  Membership of(RegionRole role, UserRecord user) {
    List<Group> groups =
        user.groups().stream()
            .flatMap(name -> get(role, name).stream())
            .sorted(Comparator.comparingInt(Group::precedence))
            .toList();
    List<Group> withRole = groups.stream().filter(group -> !group.role().isEmpty()).toList();
    List<String> first =
        withRole.stream()
            .filter(group -> group.precedence() == withRole.get(0).precedence())
            .map(Group::role)
            .distinct()
            .toList();
    return new Membership(
        groups.stream().map(Group::name).toList(),
        withRole.stream().map(Group::role).distinct().toList(),
        first.size() == 1 ? Optional.of(first.get(0)) : Optional.empty());
  }
}
