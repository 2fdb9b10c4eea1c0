package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * As much of KMS's API in one Region as the key of a pool needs. What was just made can be seen a
 * while later, as KMS is eventually consistent. No key encrypts anything.
 */
final class KmsApi {
  private final KmsKeys keys;
  private final RegionRole role;
  private final FreshNames names;
  private final InstantSource clock;
  private final Duration consistencyDelay;

  KmsApi(
      KmsKeys keys,
      RegionRole role,
      FreshNames names,
      InstantSource clock,
      Duration consistencyDelay) {
    this.keys = keys;
    this.role = role;
    this.names = names;
    this.clock = clock;
    this.consistencyDelay = consistencyDelay;
  }

  Map<String, Function<JsonRequest, ObjectNode>> operations() {
    return Map.of(
        "CreateKey",
        this::create,
        "DescribeKey",
        request -> described(key(request)),
        "ReplicateKey",
        this::replicate,
        "ListKeys",
        this::list,
        "ListResourceTags",
        this::tags,
        "GetKeyPolicy",
        request -> policy(key(request)),
        "PutKeyPolicy",
        this::putPolicy,
        "EnableKey",
        request -> state(request, "Enabled"),
        "DisableKey",
        request -> state(request, "Disabled"),
        "ScheduleKeyDeletion",
        request -> state(request, "PendingDeletion"));
  }

  private static String needed(JsonRequest request, String member) {
    return request
        .text(member)
        .orElseThrow(
            () ->
                WireError.of(
                    "ValidationException", "1 validation error detected: " + member + " is null"));
  }

  private KmsKey key(JsonRequest request) {
    String id = needed(request, "KeyId");
    return keys.of(role, id)
        .orElseThrow(() -> WireError.of("NotFoundException", "Key '" + id + "' does not exist"));
  }

  private ObjectNode described(KmsKey key) {
    return WireJson.object().set("KeyMetadata", key.describe(keys.replicaRegion(key)));
  }

  private ObjectNode create(JsonRequest request) {
    boolean multiRegion = request.flag("MultiRegion", false);
    String uuid = names.uuid();
    Instant now = clock.instant();
    ObjectNode shown =
        WireJson.object()
            .put("Description", request.text("Description").orElse(""))
            .put("KeyUsage", request.text("KeyUsage").orElse("ENCRYPT_DECRYPT"))
            .put("KeySpec", request.text("KeySpec").orElse("SYMMETRIC_DEFAULT"))
            .put("Origin", request.text("Origin").orElse("AWS_KMS"));
    return described(
        keys.add(
            role,
            new KmsKey(
                multiRegion ? "mrk-" + uuid.replace("-", "") : uuid,
                keys.region(role),
                keys.region(role),
                "Enabled",
                KeyPolicy.checked(request.text("Policy").orElseGet(KeyPolicy::byDefault)),
                tagsOf(request),
                shown,
                now,
                now.plus(consistencyDelay))));
  }

  private static Map<String, String> tagsOf(JsonRequest request) {
    Map<String, String> tags = new HashMap<>();
    request
        .entries("Tags")
        .forEach(tag -> tags.put(tag.path("TagKey").asText(), tag.path("TagValue").asText()));
    return Map.copyOf(tags);
  }

  private ObjectNode replicate(JsonRequest request) {
    KmsKey key = key(request);
    String region = needed(request, "ReplicaRegion");
    if (!key.multiRegion() || !key.primary()) {
      throw WireError.of(
          "UnsupportedOperationException", "Only a multi-Region primary key can be replicated.");
    }
    RegionRole other =
        keys.role(region)
            .filter(found -> found != role)
            .orElseThrow(
                () -> WireError.of("UnsupportedOperationException", "Unknown Region " + region));
    Instant now = clock.instant();
    KmsKey replica =
        keys.add(
            other,
            new KmsKey(
                key.id(),
                region,
                key.primaryRegion(),
                "Enabled",
                KeyPolicy.checked(request.text("Policy").orElseGet(KeyPolicy::byDefault)),
                tagsOf(request),
                key.shown(),
                now,
                now.plus(consistencyDelay)));
    ObjectNode answer = WireJson.object();
    answer.set("ReplicaKeyMetadata", replica.describe(keys.replicaRegion(key)));
    return answer.put("ReplicaPolicy", replica.policy());
  }

  private ObjectNode list(JsonRequest request) {
    int limit = request.number("Limit").orElse(100);
    List<KmsKey> page = keys.after(role, request.text("Marker").orElse(""), limit + 1);
    boolean more = page.size() > limit;
    ObjectNode answer = WireJson.object();
    ArrayNode shown = answer.putArray("Keys");
    page.stream()
        .limit(limit)
        .forEach(key -> shown.addObject().put("KeyId", key.id()).put("KeyArn", key.arn()));
    answer.put("Truncated", more);
    return more ? answer.put("NextMarker", page.get(limit - 1).id()) : answer;
  }

  private ObjectNode tags(JsonRequest request) {
    ObjectNode answer = WireJson.object();
    ArrayNode tags = answer.putArray("Tags");
    key(request)
        .tags()
        .forEach((name, value) -> tags.addObject().put("TagKey", name).put("TagValue", value));
    return answer.put("Truncated", false);
  }

  private static ObjectNode policy(KmsKey key) {
    return WireJson.object().put("Policy", key.policy()).put("PolicyName", "default");
  }

  private ObjectNode putPolicy(JsonRequest request) {
    String policy = KeyPolicy.checked(needed(request, "Policy"));
    keys.update(role, key(request).id(), key -> key.withPolicy(policy));
    return WireJson.object();
  }

  private ObjectNode state(JsonRequest request, String state) {
    keys.update(role, key(request).id(), key -> key.withState(state));
    return WireJson.object();
  }
}
