package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pool that is to be there at start, as a builder or a file describes it.
 *
 * @param where what complaints begin with
 * @param id null for a random one
 * @param settings members of CreateUserPool
 * @param requests what the pool is asked before it has clients and users
 */
record StartPool(
    String where,
    @Nullable String id,
    ObjectNode settings,
    List<Request> requests,
    List<Client> clients,
    List<User> users) {

  /** A request of the API, without the pool's ID. */
  record Request(String where, String operation, ObjectNode body) {}

  /**
   * An app client.
   *
   * @param id null for a random one
   * @param secret null for none
   * @param settings members of CreateUserPoolClient
   */
  record Client(String where, @Nullable String id, @Nullable String secret, ObjectNode settings) {
    @Override
    public String toString() {
      return "Client[" + id + "]";
    }
  }

  /**
   * A user.
   *
   * @param password null for none that is known to anyone
   * @param attributes empty for a verified e-mail address
   */
  record User(
      String where,
      String username,
      @Nullable String password,
      Optional<Map<String, String>> attributes,
      List<String> groups,
      UserStatus status) {
    /** One like those that a test makes by name and password. */
    static User confirmed(String username, String password) {
      if (username.isEmpty() || password.isEmpty()) {
        throw new IllegalArgumentException("username and password want at least one character");
      }
      return new User(
          "user " + username,
          username,
          password,
          Optional.empty(),
          List.of(),
          UserStatus.CONFIRMED);
    }

    @Override
    public String toString() {
      return "User[" + username + "]";
    }
  }

  StartPool {
    requests = List.copyOf(requests);
    clients = List.copyOf(clients);
    users = List.copyOf(users);
  }

  /** The pools that were asked for. What the builder says by name goes for the first. */
  static List<StartPool> of(StartOptions options) {
    List<StartPool> pools = new ArrayList<>(options.pools);
    StartPool first = pools.isEmpty() ? plain() : pools.remove(0);
    pools.add(0, first.with(options));
    return pools;
  }

  /** The attributes of a user of whom nothing is said: a verified e-mail address. */
  static Map<String, String> emailOf(String username) {
    String email = username.contains("@") ? username : username + "@example.com";
    return Map.of("email", email, "email_verified", "true");
  }

  private static StartPool plain() {
    return new StartPool("the pool", null, WireJson.object(), List.of(), List.of(), List.of());
  }

  private StartPool with(StartOptions options) {
    List<Client> changed = new ArrayList<>(clients);
    Client client =
        changed.isEmpty() ? new Client(where, null, null, WireJson.object()) : changed.remove(0);
    changed.add(
        0,
        new Client(
            client.where,
            options.clientId == null ? client.id : options.clientId,
            options.clientSecret == null ? client.secret : options.clientSecret,
            client.settings));
    List<User> all = new ArrayList<>(users);
    all.addAll(options.users);
    return new StartPool(
        where, options.poolId == null ? id : options.poolId, settings, requests, changed, all);
  }
}
