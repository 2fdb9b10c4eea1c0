package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pools that are there at start. What takes time or luck is made once (IDs, keys, hashed
 * passwords), so that each reset brings back the same. Immutable.
 */
final class PoolsAtStart {
  private static final int ALL = Integer.MAX_VALUE;

  private final StartOptions options;
  private final List<Made> made;

  /** A pool, as far as a reset brings it back. */
  private record Made(
      String id,
      PoolKeys keys,
      PoolSettings settings,
      JsonRequest request,
      List<AppClient> clients,
      List<Groups.Group> groups,
      List<ResourceServer> resourceServers,
      List<IdentityProvider> identityProviders,
      List<UserRecord> users) {}

  private PoolsAtStart(StartOptions options, List<Made> made) {
    this.options = options;
    this.made = List.copyOf(made);
  }

  /**
   * Makes them by asking a Cognito behind no port, so that what it would refuse is refused.
   *
   * @throws IllegalArgumentException naming the place, if something cannot be made
   * @throws io.github.twinpool.InvalidUserPoolException if an ID and the Regions do not go together
   */
  static PoolsAtStart make(StartOptions options, EmulatedCognito draft) {
    Maker maker = new Maker(options, draft);
    List<Made> made = new ArrayList<>();
    for (StartPool pool : StartPool.of(options)) {
      made.add(maker.make(pool, made.isEmpty()));
    }
    return new PoolsAtStart(options, made);
  }

  /** Puts them into a Cognito without pools. */
  Life begin(EmulatedCognito cognito) {
    if (!options.singleRegion) {
      FirstPool.key(cognito);
    }
    made.forEach(each -> put(each, cognito));
    Made first = made.get(0);
    Pool pool = cognito.pool(first.id).orElseThrow();
    FirstPool.domains(cognito, pool, options);
    Set<String> clientIds =
        first.clients.stream().map(AppClient::id).collect(Collectors.toUnmodifiableSet());
    return new Life(cognito, pool, first.clients.get(0), clientIds);
  }

  private void put(Made each, EmulatedCognito cognito) {
    Pool pool = cognito.createPool(each.id, each.settings, each.keys.resealed(cognito.random()));
    pool.regional().update(RegionRole.PRIMARY, each.request);
    if (options.replicaStatus != null && !options.singleRegion) {
      pool.replica().begin(options.replicaStatus);
    }
    each.clients.forEach(client -> cognito.add(client, true));
    each.groups.forEach(pool.groups()::addEverywhere);
    each.resourceServers.forEach(
        server -> pool.oauth().resourceServers().putEverywhere(server.identifier(), server));
    each.identityProviders.forEach(
        provider -> pool.oauth().identityProviders().putEverywhere(provider.name(), provider));
    each.users.forEach(user -> pool.add(user, true, false));
  }

  /** What is there from a start or a reset to the next reset. */
  record Life(EmulatedCognito cognito, Pool pool, AppClient client, Set<String> clientIds) {}

  private static final class Maker {
    private final StartOptions options;
    private final EmulatedCognito cognito;
    private final Operations operations;

    Maker(StartOptions options, EmulatedCognito cognito) {
      this.options = options;
      this.cognito = cognito;
      operations = new Operations(cognito);
    }

    Made make(StartPool wanted, boolean first) {
      String id = wanted.id() == null ? cognito.names().poolId(options.primary()) : wanted.id();
      UserPool.builder(id)
          .primaryRegion(options.primary())
          .secondaryRegion(options.secondaryRegion)
          .build();
      if (cognito.pool(id).isPresent()) {
        throw wrong(wanted.where(), "there are two pools with the ID " + id);
      }
      ObjectNode request = FirstPool.settings(options, first);
      request.setAll(wanted.settings());
      PoolKeys keys = options.keys.apply(cognito.random());
      Pool pool =
          at(
              wanted.where(),
              () -> {
                operations.admit("CreateUserPool", RegionRole.PRIMARY, request);
                return cognito.createPool(
                    id, PoolSettings.created(new JsonRequest(request), cognito.now()), keys);
              });
      wanted.requests().forEach(each -> ask(pool, each.where(), each.operation(), each.body()));
      List<AppClient> clients =
          wanted.clients().stream().map(client -> make(pool, client)).toList();
      wanted.users().forEach(user -> make(pool, user));
      return new Made(
          id,
          keys,
          pool.settings(RegionRole.PRIMARY),
          new JsonRequest(request),
          clients,
          pool.groups().after(RegionRole.PRIMARY, "", ALL),
          pool.oauth().resourceServers().after(RegionRole.PRIMARY, "", ALL),
          pool.oauth().identityProviders().after(RegionRole.PRIMARY, "", ALL),
          pool.usersAfter(RegionRole.PRIMARY, "", ALL));
    }

    private AppClient make(Pool pool, StartPool.Client wanted) {
      String id = wanted.id() == null ? cognito.names().clientId() : wanted.id();
      ObjectNode request = FirstPool.client();
      request.setAll(wanted.settings());
      request.put("UserPoolId", pool.id());
      Instant now = cognito.now();
      return at(
          wanted.where(),
          () -> {
            operations.admit("CreateUserPoolClient", RegionRole.PRIMARY, request);
            if (cognito.client(RegionRole.PRIMARY, id).isPresent()) {
              throw wrong(wanted.where(), "there are two app clients with the ID " + id);
            }
            ClientSecrets secrets =
                wanted.secret() == null
                    ? ClientSecrets.NONE
                    : ClientSecrets.NONE.with(id, wanted.secret(), now);
            AppClient client = AppClient.of(new JsonRequest(request), id, secrets, pool.id(), now);
            pool.oauth().check(client);
            return cognito.add(client, true);
          });
    }

    private void make(Pool pool, StartPool.User wanted) {
      ObjectNode request =
          WireJson.object().put("Username", wanted.username()).put("MessageAction", "SUPPRESS");
      ArrayNode attributes = request.putArray("UserAttributes");
      wanted
          .attributes()
          .orElseGet(() -> StartPool.emailOf(wanted.username()))
          .forEach((name, value) -> attributes.addObject().put("Name", name).put("Value", value));
      String username =
          ask(pool, wanted.where(), "AdminCreateUser", request)
              .path("User")
              .path("Username")
              .asText();
      setPassword(pool, username, wanted.password(), wanted.status());
      for (String group : wanted.groups()) {
        ObjectNode entry = WireJson.object().put("Username", username).put("GroupName", group);
        ask(pool, wanted.where() + ", group " + group, "AdminAddUserToGroup", entry);
      }
    }

    private void setPassword(
        Pool pool, String username, @Nullable String password, UserStatus status) {
      pool.update(
          username,
          user ->
              password == null
                  ? user.withStatus(status, user.created())
                  : user.withPassword(
                      cognito.stored(pool, username, password), status, user.created()));
    }

    private ObjectNode ask(Pool pool, String where, String operation, ObjectNode body) {
      ObjectNode request = body.deepCopy().put("UserPoolId", pool.id());
      return at(
          where,
          () ->
              operations
                  .admit(operation, RegionRole.PRIMARY, request)
                  .answer(new Call(cognito, RegionRole.PRIMARY, new JsonRequest(request))));
    }

    private static <T> T at(String where, Supplier<T> work) {
      try {
        return work.get();
      } catch (WireError e) {
        throw wrong(where, e.text());
      }
    }

    private static IllegalArgumentException wrong(String where, String what) {
      return new IllegalArgumentException(where + ": " + what);
    }
  }
}
