package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.AwsPartition;
import io.github.twinpool.RegionRole;
import java.util.Map;

/** CreateUserPool, UpdateUserPool, DescribeUserPool. */
final class PoolOperations {
  static final String ACCOUNT = "123456789012";

  private PoolOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "CreateUserPool", PoolOperations::createUserPool,
        "UpdateUserPool", PoolOperations::updateUserPool,
        "DescribeUserPool", PoolOperations::describeUserPool);
  }

  private static ObjectNode createUserPool(Call call) {
    String id = call.cognito().names().poolId(call.cognito().region(call.role()));
    PoolSettings settings = PoolSettings.created(call.request(), call.now());
    checkKey(call, settings, id);
    Pool pool = call.cognito().createPool(id, settings);
    pool.regional().update(call.role(), call.request());
    return WireJson.object().set("UserPool", describe(call, pool));
  }

  /** On the secondary only what each Region has of its own changes. */
  private static ObjectNode updateUserPool(Call call) {
    Pool pool = call.pool();
    if (call.role() == RegionRole.PRIMARY) {
      PoolSettings updated = pool.settings(call.role()).updated(call.request(), call.now());
      checkKey(call, updated, pool.id());
      pool.updateSettings(settings -> settings.updated(call.request(), call.now()));
    }
    pool.regional().update(call.role(), call.request());
    return WireJson.object();
  }

  private static void checkKey(Call call, PoolSettings settings, String poolId) {
    settings
        .keyArn()
        .ifPresent(
            arn ->
                call.cognito()
                    .keys()
                    .checkUsable(
                        call.role(), arn, arn(call.cognito().region(call.role()), poolId)));
  }

  private static ObjectNode describeUserPool(Call call) {
    return WireJson.object().set("UserPool", describe(call, call.pool()));
  }

  private static ObjectNode describe(Call call, Pool pool) {
    ObjectNode description = pool.settings(call.role()).describe();
    description
        .put("Id", pool.id())
        .put("Arn", arn(call.cognito().region(call.role()), pool))
        .put("EstimatedNumberOfUsers", pool.userCount(call.role()));
    description.setAll(pool.regional().describe(call.role()));
    call.cognito().domains().describe(pool.id(), call.role(), description);
    return description;
  }

  /** The ARN carries the Region at hand, the pool ID in it the primary one. */
  static String arn(String region, Pool pool) {
    return arn(region, pool.id());
  }

  private static String arn(String region, String poolId) {
    return String.join(
        ":",
        "arn",
        AwsPartition.ofRegion(region).id(),
        "cognito-idp",
        region,
        ACCOUNT,
        "userpool/" + poolId);
  }
}
