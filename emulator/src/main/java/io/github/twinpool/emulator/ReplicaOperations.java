package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.util.Map;

/** CreateUserPoolReplica, UpdateUserPoolReplica, ListUserPoolReplicas, DeleteUserPoolReplica. */
final class ReplicaOperations {
  private ReplicaOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "CreateUserPoolReplica", ReplicaOperations::create,
        "UpdateUserPoolReplica", ReplicaOperations::update,
        "ListUserPoolReplicas", ReplicaOperations::list,
        "DeleteUserPoolReplica", ReplicaOperations::delete);
  }

  private static ObjectNode create(Call call) {
    Pool pool = call.pool();
    String region = call.request().required("RegionName");
    if (!region.equals(call.cognito().region(RegionRole.SECONDARY))) {
      throw WireError.invalidParameter(
          "A replica can be in "
              + call.cognito().region(RegionRole.SECONDARY)
              + " only, the emulator's secondary Region.");
    }
    PoolSettings settings = pool.settings(RegionRole.PRIMARY);
    settings.checkReplicable();
    String key = settings.keyArn().orElseThrow();
    call.cognito()
        .keys()
        .checkUsable(
            RegionRole.SECONDARY,
            KmsKey.arn(region, key.substring(key.lastIndexOf('/') + 1)),
            PoolOperations.arn(region, pool));
    if (pool.replica().status(call.now()).isPresent()) {
      throw WireError.limitExceeded("User pool " + pool.id() + " has a replica already.");
    }
    pool.replica().set(ReplicaStatus.CREATING, call.now());
    String first = pool.replica().name(ReplicaStatus.CREATING, call.now());
    pool.regional().clear(RegionRole.SECONDARY);
    pool.regional().tag(RegionRole.SECONDARY, RegionalSettings.tags(call.request()));
    return answer(call, pool, first);
  }

  private static ObjectNode update(Call call) {
    Pool pool = call.pool();
    ReplicaStatus status = existing(call, pool);
    if (status != ReplicaStatus.ACTIVE && status != ReplicaStatus.INACTIVE) {
      throw WireError.invalidParameter("The replica is " + status + ", so it cannot be updated.");
    }
    ReplicaStatus wanted = ReplicaStatus.valueOf(call.request().required("Status"));
    pool.replica().set(wanted, call.now());
    return answer(call, pool, wanted.name());
  }

  private static ObjectNode delete(Call call) {
    Pool pool = call.pool();
    ReplicaStatus status = existing(call, pool);
    if (status != ReplicaStatus.INACTIVE) {
      throw WireError.invalidParameter(
          "The replica is " + status + ", only an INACTIVE one can be deleted.");
    }
    pool.replica().set(ReplicaStatus.DELETING, call.now());
    return answer(call, pool, ReplicaStatus.DELETING.name());
  }

  private static ReplicaStatus existing(Call call, Pool pool) {
    String region = call.request().required("RegionName");
    return pool.replica()
        .status(call.now())
        .filter(status -> region.equals(call.cognito().region(RegionRole.SECONDARY)))
        .orElseThrow(
            () ->
                WireError.of(
                    "ResourceNotFoundException",
                    "User pool " + pool.id() + " has no replica in " + region + "."));
  }

  private static ObjectNode list(Call call) {
    Pool pool = call.pool();
    if (call.request().has("NextToken")) {
      throw WireError.invalidParameter("Invalid pagination token given.");
    }
    ObjectNode answer = WireJson.object();
    ArrayNode replicas = answer.putArray("UserPoolReplicas");
    replicas.add(describe(call, pool, RegionRole.PRIMARY, ReplicaStatus.ACTIVE.name()));
    pool.replica()
        .shown(call.now())
        .ifPresent(status -> replicas.add(describe(call, pool, RegionRole.SECONDARY, status)));
    return answer;
  }

  private static ObjectNode answer(Call call, Pool pool, String status) {
    return WireJson.object()
        .set("UserPoolReplica", describe(call, pool, RegionRole.SECONDARY, status));
  }

  private static ObjectNode describe(Call call, Pool pool, RegionRole role, String status) {
    String region = call.cognito().region(role);
    return WireJson.object()
        .put("RegionName", region)
        .put("Status", status)
        .put("Role", role.name())
        .put("UserPoolArn", PoolOperations.arn(region, pool));
  }
}
