package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Web ACLs of one Region, and which of its pools have one. Thread-safe. (Source: AWS WAF API
 * reference; how its errors are worded is ours.)
 */
final class WafApi {
  private static final int MAX = 100;
  private static final String RESOURCE = "ResourceArn";
  private static final String ACL = "WebACLArn";

  private final EmulatedCognito cognito;
  private final RegionRole role;
  private final Map<String, ObjectNode> acls = new HashMap<>();
  private final Map<String, String> associated = new HashMap<>();

  WafApi(EmulatedCognito cognito, RegionRole role) {
    this.cognito = cognito;
    this.role = role;
  }

  Map<String, Function<JsonRequest, ObjectNode>> operations() {
    return Map.of(
        "CreateWebACL", this::create,
        "AssociateWebACL", this::associate,
        "DisassociateWebACL", this::disassociate,
        "GetWebACLForResource", this::get);
  }

  private static WireError invalid(String field) {
    return WireError.of(
        "WAFInvalidParameterException", "Error reason: the value is not valid, field: " + field);
  }

  private static WireError absent() {
    return WireError.of("WAFNonexistentItemException", "The resource does not exist.");
  }

  private static String needed(JsonRequest request, String member) {
    return request.text(member).orElseThrow(() -> invalid(member));
  }

  private synchronized ObjectNode create(JsonRequest request) {
    String name = needed(request, "Name");
    if (!name.matches("[\\w-]{1,128}")) {
      throw invalid("Name");
    }
    if (!needed(request, "Scope").equals("REGIONAL")) {
      throw WireError.notEmulated("web ACLs of CloudFront");
    }
    if (!request.has("DefaultAction") || !request.has("VisibilityConfig")) {
      throw invalid(request.has("DefaultAction") ? "VisibilityConfig" : "DefaultAction");
    }
    if (acls.values().stream().anyMatch(acl -> acl.path("Name").asText().equals(name))) {
      throw WireError.of("WAFDuplicateItemException", "There is a web ACL of this name.");
    }
    if (acls.size() >= MAX) {
      throw WireError.of("WAFLimitsExceededException", "The emulator keeps " + MAX + " web ACLs.");
    }
    String id = cognito.names().uuid();
    String arn =
        String.join(
            ":",
            "arn",
            "aws",
            "wafv2",
            cognito.region(role),
            PoolOperations.ACCOUNT,
            "regional/webacl/" + name + "/" + id);
    ObjectNode summary = WireJson.object().put("Name", name).put("Id", id).put("ARN", arn);
    ObjectNode acl = request.copy("DefaultAction", "VisibilityConfig", "Description", "Rules");
    acls.put(arn, acl.setAll(summary));
    return WireJson.object()
        .set("Summary", summary.deepCopy().put("LockToken", cognito.names().uuid()));
  }

  private synchronized ObjectNode associate(JsonRequest request) {
    String acl = needed(request, ACL);
    String pool = pool(request);
    if (!acls.containsKey(acl)) {
      throw absent();
    }
    associated.put(pool, acl);
    return WireJson.object();
  }

  private synchronized ObjectNode disassociate(JsonRequest request) {
    associated.remove(pool(request));
    return WireJson.object();
  }

  private synchronized ObjectNode get(JsonRequest request) {
    ObjectNode answer = WireJson.object();
    Optional.ofNullable(associated.get(pool(request)))
        .map(acls::get)
        .ifPresent(acl -> answer.set("WebACL", acl.deepCopy()));
    return answer;
  }

  /** The ARN of a pool that this Region has. */
  private String pool(JsonRequest request) {
    String arn = needed(request, RESOURCE);
    if (!arn.contains(":userpool/")) {
      throw invalid(RESOURCE);
    }
    return cognito.pools().stream()
        .filter(pool -> pool.isIn(role, cognito.now()))
        .map(pool -> PoolOperations.arn(cognito.region(role), pool))
        .filter(arn::equals)
        .findFirst()
        .orElseThrow(WafApi::absent);
  }
}
