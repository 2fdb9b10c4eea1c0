package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.util.Map;

/** Resource servers, whose scopes app clients may have. */
final class ResourceServerOperations {
  private static final int MOST = 300;
  private static final int LARGEST_PAGE = 50;
  private static final Pages<ResourceServer> PAGES =
      new Pages<>(
          "resource-servers-page",
          "ResourceServers",
          ResourceServer::identifier,
          ResourceServer::describe);

  private ResourceServerOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "CreateResourceServer", ResourceServerOperations::create,
        "DescribeResourceServer", ResourceServerOperations::describe,
        "UpdateResourceServer", ResourceServerOperations::update,
        "DeleteResourceServer", ResourceServerOperations::delete,
        "ListResourceServers", ResourceServerOperations::list);
  }

  private static ObjectNode create(Call call) {
    Pool pool = call.pool();
    ResourceServer server = ResourceServer.of(pool, call.request());
    ReplicatedMap<ResourceServer> servers = pool.oauth().resourceServers();
    return call.cognito()
        .log()
        .atomically(
            () -> {
              if (servers.get(RegionRole.PRIMARY, server.identifier()).isPresent()) {
                throw WireError.invalidParameter(
                    server.identifier() + " already exists in user pool " + pool.id() + ".");
              }
              if (servers.size(RegionRole.PRIMARY) >= MOST) {
                throw WireError.limitExceeded("At most " + MOST + " resource servers are kept.");
              }
              servers.put(server.identifier(), server);
              return answer(server);
            });
  }

  private static ObjectNode answer(ResourceServer server) {
    return WireJson.object().set("ResourceServer", server.describe());
  }

  private static ObjectNode describe(Call call) {
    String identifier = call.request().required("Identifier");
    return answer(
        call.pool()
            .oauth()
            .resourceServers()
            .get(call.role(), identifier)
            .orElseThrow(() -> noSuchServer(identifier)));
  }

  /** Resets what the request leaves out, as the service does. */
  private static ObjectNode update(Call call) {
    Pool pool = call.pool();
    ResourceServer server = ResourceServer.of(pool, call.request());
    return answer(
        pool.oauth()
            .resourceServers()
            .update(server.identifier(), old -> server)
            .orElseThrow(() -> noSuchServer(server.identifier())));
  }

  private static ObjectNode delete(Call call) {
    String identifier = call.request().required("Identifier");
    if (!call.pool().oauth().resourceServers().remove(identifier)) {
      throw noSuchServer(identifier);
    }
    return WireJson.object();
  }

  private static ObjectNode list(Call call) {
    Pool pool = call.pool();
    return PAGES.answer(
        call,
        pool,
        LARGEST_PAGE,
        (after, limit) -> pool.oauth().resourceServers().after(call.role(), after, limit));
  }

  private static WireError noSuchServer(String identifier) {
    return WireError.of(
        "ResourceNotFoundException", "Resource server " + identifier + " does not exist.");
  }
}
