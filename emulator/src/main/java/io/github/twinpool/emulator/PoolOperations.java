package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.AwsPartition;
import io.github.twinpool.RegionRole;
import java.util.LinkedHashMap;
import java.util.Map;

/** CreateUserPool, UpdateUserPool, DescribeUserPool. */
final class PoolOperations {
  private static final String ACCOUNT = "123456789012";

  private PoolOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "CreateUserPool", PoolOperations::createUserPool,
        "UpdateUserPool", PoolOperations::updateUserPool,
        "DescribeUserPool", PoolOperations::describeUserPool);
  }

  private static ObjectNode createUserPool(Call call) {
    String id = call.cognito().names().poolId(call.cognito().region(call.role()));
    Pool pool = call.cognito().createPool(id, PoolSettings.created(call.request(), call.now()));
    pool.tags(call.role(), tags(call.request()));
    return WireJson.object().set("UserPool", describe(call, pool));
  }

  /** On the secondary only what each Region has of its own changes, which here is tags. */
  private static ObjectNode updateUserPool(Call call) {
    Pool pool = call.pool();
    if (call.role() == RegionRole.PRIMARY) {
      pool.updateSettings(settings -> settings.updated(call.request(), call.now()));
    }
    pool.tags(call.role(), tags(call.request()));
    return WireJson.object();
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
    pool.tags(call.role()).forEach(description.putObject("UserPoolTags")::put);
    return description;
  }

  /** The ARN carries the Region at hand, the pool ID in it the primary one. */
  static String arn(String region, Pool pool) {
    return String.join(
        ":",
        "arn",
        AwsPartition.ofRegion(region).id(),
        "cognito-idp",
        region,
        ACCOUNT,
        "userpool/" + pool.id());
  }

  static Map<String, String> tags(JsonRequest request) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> tag :
        request.copy("UserPoolTags").path("UserPoolTags").properties()) {
      tags.put(tag.getKey(), tag.getValue().asText());
    }
    return tags;
  }
}
