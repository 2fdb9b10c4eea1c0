package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.AwsPartition;
import io.github.twinpool.RegionRole;
import java.util.Map;

/** User pools are made, listed, described, changed and deleted. */
final class PoolOperations {
  static final String ACCOUNT = "123456789012";
  private static final int LARGEST_PAGE = 60;
  private static final String CUSTOM = "CustomAttributes";

  /** In one request. */
  private static final int MOST_CUSTOM = 25;

  private PoolOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "CreateUserPool", PoolOperations::createUserPool,
        "UpdateUserPool", PoolOperations::updateUserPool,
        "DescribeUserPool", PoolOperations::describeUserPool,
        "ListUserPools", PoolOperations::listUserPools,
        "DeleteUserPool", PoolOperations::deleteUserPool,
        "AddCustomAttributes", PoolOperations::addCustomAttributes);
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

  private static ObjectNode addCustomAttributes(Call call) {
    if (call.request().entries(CUSTOM).size() > MOST_CUSTOM) {
      throw WireError.invalidParameter(
          "1 validation error detected: Value at 'customAttributes' failed to satisfy constraint:"
              + " Member must have length less than or equal to "
              + MOST_CUSTOM);
    }
    call.pool()
        .updateSettings(
            settings ->
                settings.withSchema(settings.schema().withCustom(call.request()), call.now()));
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

  private static ObjectNode listUserPools(Call call) {
    EmulatedCognito cognito = call.cognito();
    Pages<Pool> pages =
        new Pages<>("pools-page", "UserPools", Pool::id, pool -> summary(call, pool));
    return pages.answer(
        call,
        cognito.sealer(),
        LARGEST_PAGE,
        (id, limit) ->
            cognito
                .poolsAfter(id)
                .filter(pool -> pool.isIn(call.role(), call.now()))
                .limit(limit)
                .toList());
  }

  private static ObjectNode summary(Call call, Pool pool) {
    PoolSettings settings = pool.settings(call.role());
    ObjectNode summary =
        WireJson.object()
            .put("Id", pool.id())
            .put("Name", settings.name())
            .put("CreationDate", WireJson.seconds(settings.created()))
            .put("LastModifiedDate", WireJson.seconds(settings.modified()));
    JsonNode triggers = pool.regional().describe(call.role()).path("LambdaConfig");
    summary.set("LambdaConfig", triggers.isObject() ? triggers : WireJson.object());
    pool.replica()
        .shown(call.now())
        .ifPresent(
            status ->
                summary
                    .putArray("ReplicaRegions")
                    .add(call.cognito().region(RegionRole.SECONDARY)));
    return summary;
  }

  /**
   * What stands in the way is documented (deletion protection) or was seen in public (the domain,
   * with both texts: hashicorp/terraform-provider-aws issue 16479, floci-io/floci issue 3948). That
   * a replica does is an assumption, and so is its text.
   */
  private static ObjectNode deleteUserPool(Call call) {
    Pool pool = call.pool();
    if (pool.settings(call.role()).deletionProtected()) {
      throw WireError.invalidParameter(
          "The user pool cannot be deleted because deletion protection is activated. Deletion"
              + " protection must be inactivated first.");
    }
    if (call.cognito().domains().any(pool.id())) {
      throw WireError.invalidParameter(
          "User pool cannot be deleted. It has a domain configured that should be deleted first.");
    }
    if (pool.replica().status(call.now()).isPresent()) {
      throw WireError.invalidParameter(
          "User pool cannot be deleted. It has a replica that should be deleted first.");
    }
    call.cognito().remove(pool);
    return WireJson.object();
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
