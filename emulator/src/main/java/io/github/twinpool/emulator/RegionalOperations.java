package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.util.LinkedHashMap;
import java.util.Map;

/** What each Region of a pool is told on its own: tags, log export, threat protection. */
final class RegionalOperations {
  private static final String LOGS = "LogConfigurations";
  private static final String TAKEOVER = "AccountTakeoverRiskConfiguration";
  private static final String NOTIFY = "NotifyConfiguration";

  private RegionalOperations() {}

  static Map<String, Operation> all() {
    return Map.of(
        "TagResource", RegionalOperations::tag,
        "UntagResource", RegionalOperations::untag,
        "ListTagsForResource", RegionalOperations::tags,
        "SetLogDeliveryConfiguration", RegionalOperations::setLog,
        "GetLogDeliveryConfiguration", RegionalOperations::getLog,
        "SetRiskConfiguration", RegionalOperations::setRisk,
        "DescribeRiskConfiguration", RegionalOperations::describeRisk);
  }

  private static Pool named(Call call) {
    String arn = call.request().required("ResourceArn");
    String id = arn.substring(arn.lastIndexOf('/') + 1);
    return call.cognito()
        .pool(id)
        .filter(pool -> pool.isIn(call.role(), call.now()))
        .filter(pool -> PoolOperations.arn(call.cognito().region(call.role()), pool).equals(arn))
        .orElseThrow(() -> WireError.noSuchPool(id));
  }

  private static ObjectNode tag(Call call) {
    Pool pool = named(call);
    Map<String, String> tags = new LinkedHashMap<>(pool.regional().tags(call.role()));
    for (Map.Entry<String, JsonNode> tag : call.request().entries("Tags").properties()) {
      tags.put(tag.getKey(), tag.getValue().asText());
    }
    pool.regional().tag(call.role(), tags);
    return WireJson.object();
  }

  private static ObjectNode untag(Call call) {
    Pool pool = named(call);
    Map<String, String> tags = new LinkedHashMap<>(pool.regional().tags(call.role()));
    call.request().texts("TagKeys").forEach(tags::remove);
    pool.regional().tag(call.role(), tags);
    return WireJson.object();
  }

  private static ObjectNode tags(Call call) {
    ObjectNode answer = WireJson.object();
    named(call).regional().tags(call.role()).forEach(answer.putObject("Tags")::put);
    return answer;
  }

  private static ObjectNode setLog(Call call) {
    Pool pool = call.pool();
    pool.regional().log(call.role(), call.request().copy(LOGS).path(LOGS));
    return logs(pool, call.role());
  }

  private static ObjectNode getLog(Call call) {
    return logs(call.pool(), call.role());
  }

  private static ObjectNode logs(Pool pool, RegionRole role) {
    ObjectNode answer = WireJson.object();
    answer
        .putObject("LogDeliveryConfiguration")
        .put("UserPoolId", pool.id())
        .set(LOGS, pool.regional().log(role));
    return answer;
  }

  /**
   * The e-mail of threat protection is each Region's own; all else is the primary's, and the
   * secondary leaves it as it is.
   */
  private static ObjectNode setRisk(Call call) {
    Pool pool = call.pool();
    requireWholePool(call);
    ObjectNode given =
        call.request()
            .copy(
                "CompromisedCredentialsRiskConfiguration", TAKEOVER, "RiskExceptionConfiguration");
    RegionalSettings regional = pool.regional();
    if (call.role() == RegionRole.PRIMARY) {
      regional.risk(RegionRole.PRIMARY, given);
      regional.risk(RegionRole.SECONDARY, notifying(given, regional.risk(RegionRole.SECONDARY)));
    } else {
      regional.risk(RegionRole.SECONDARY, notifying(regional.risk(RegionRole.PRIMARY), given));
    }
    return risk(pool, call.role());
  }

  /** All of one configuration with the e-mail of another. */
  private static ObjectNode notifying(ObjectNode all, ObjectNode email) {
    ObjectNode merged = all.deepCopy();
    if (merged.path(TAKEOVER) instanceof ObjectNode takeover) {
      takeover.remove(NOTIFY);
    }
    if (email.path(TAKEOVER).has(NOTIFY)) {
      merged.withObject("/" + TAKEOVER).set(NOTIFY, email.path(TAKEOVER).path(NOTIFY).deepCopy());
    }
    return merged;
  }

  private static ObjectNode describeRisk(Call call) {
    requireWholePool(call);
    return risk(call.pool(), call.role());
  }

  private static void requireWholePool(Call call) {
    if (call.request().has("ClientId")) {
      throw WireError.notEmulated("the risk configuration of one app client");
    }
  }

  private static ObjectNode risk(Pool pool, RegionRole role) {
    return WireJson.object()
        .set("RiskConfiguration", pool.regional().risk(role).put("UserPoolId", pool.id()));
  }
}
