package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * By which addresses and names the users of a pool can be found besides their user name. Each leads
 * to one user. They replicate. Thread-safe: all of it is under the lock of the replication.
 *
 * <p>In a pool with UsernameAttributes, users own their addresses from the start. In a pool with
 * AliasAttributes they own an address once it is verified, and a preferred_username once they are
 * confirmed. Users of identity providers own none. (Source: developer guide, "Customizing sign-in
 * attributes".)
 */
final class Aliases {
  private static final String PREFERRED = "preferred_username";

  private final ReplicatedMap<String> owners;

  Aliases(ReplicationLog log) {
    owners = new ReplicatedMap<>(log);
  }

  /** The user name that an alias leads to in a Region. */
  Optional<String> owner(
      RegionRole role, PoolSettings settings, UnaryOperator<String> spelling, String typed) {
    for (String attribute : settings.loginAttributes()) {
      Optional<String> owner = owners.get(role, key(attribute, spelling.apply(typed)));
      if (owner.isPresent()) {
        return owner;
      }
    }
    return Optional.empty();
  }

  private static String key(String attribute, String value) {
    return attribute + " " + value;
  }

  /** The aliases that a user owns, with the attribute that each comes from. */
  private static Map<String, String> of(
      PoolSettings settings, UnaryOperator<String> spelling, UserRecord user) {
    Map<String, String> aliases = new LinkedHashMap<>();
    if (user.status() == UserStatus.EXTERNAL_PROVIDER) {
      return aliases;
    }
    boolean fromTheStart = !settings.usernameAttributes().isEmpty();
    for (String attribute : settings.loginAttributes()) {
      String value = user.attribute(attribute);
      boolean owned =
          fromTheStart
              || (attribute.equals(PREFERRED)
                  ? user.status() != UserStatus.UNCONFIRMED
                  : user.attribute(attribute + "_verified").equals("true"));
      if (owned && !value.isEmpty()) {
        aliases.put(key(attribute, spelling.apply(value)), attribute);
      }
    }
    return aliases;
  }

  /** Who has an alias that a user is about to get. */
  record Taken(String attribute, String owner) {
    /** What the user is told. */
    WireError refusal(boolean newUser) {
      return WireError.of(
          newUser ? "UsernameExistsException" : "AliasExistsException",
          "An account with the given " + attribute + " already exists.");
    }

    /** What the owner has left: the attribute, but no claim to it. */
    Map<String, String> loss() {
      return attribute.equals(PREFERRED)
          ? Map.of(PREFERRED, "")
          : Map.of(attribute + "_verified", "false");
    }
  }

  /** The first alias of a user that another user owns. */
  Optional<Taken> taken(PoolSettings settings, UnaryOperator<String> spelling, UserRecord user) {
    return of(settings, spelling, user).entrySet().stream()
        .flatMap(
            alias ->
                owners.get(RegionRole.PRIMARY, alias.getKey()).stream()
                    .filter(owner -> !owner.equals(user.username()))
                    .map(owner -> new Taken(alias.getValue(), owner)))
        .findFirst();
  }

  /** Keeps the aliases that a user has gained, and forgets those that are lost. */
  void follow(
      PoolSettings settings,
      UnaryOperator<String> spelling,
      Optional<UserRecord> before,
      Optional<UserRecord> after,
      boolean everywhere) {
    Map<String, String> had = before.map(user -> of(settings, spelling, user)).orElseGet(Map::of);
    Map<String, String> has = after.map(user -> of(settings, spelling, user)).orElseGet(Map::of);
    had.keySet().stream().filter(alias -> !has.containsKey(alias)).forEach(owners::remove);
    after.ifPresent(
        user ->
            has.keySet().stream()
                .filter(alias -> !had.containsKey(alias))
                .forEach(
                    alias -> {
                      if (everywhere) {
                        owners.putEverywhere(alias, user.username());
                      } else {
                        owners.put(alias, user.username());
                      }
                    }));
  }
}
