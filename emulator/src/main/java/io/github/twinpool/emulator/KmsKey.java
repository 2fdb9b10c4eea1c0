package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.AwsPartition;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A KMS key in one Region: of a multi-Region key, the primary or a replica. Immutable.
 *
 * @param id begins with {@code mrk-} if it is a multi-Region key
 * @param primaryRegion the Region of the primary key, which of a single-Region key is its own
 * @param state Enabled, Disabled, PendingDeletion
 * @param policy the key policy, JSON
 * @param shown Description, KeyUsage, KeySpec and Origin
 * @param visible when it can first be seen
 */
record KmsKey(
    String id,
    String region,
    String primaryRegion,
    String state,
    String policy,
    Map<String, String> tags,
    ObjectNode shown,
    Instant created,
    Instant visible) {

  String arn() {
    return arn(region, id);
  }

  static String arn(String region, String id) {
    return String.join(
        ":",
        "arn",
        AwsPartition.ofRegion(region).id(),
        "kms",
        region,
        PoolOperations.ACCOUNT,
        "key/" + id);
  }

  boolean multiRegion() {
    return id.startsWith("mrk-");
  }

  boolean primary() {
    return region.equals(primaryRegion);
  }

  boolean enabled() {
    return state.equals("Enabled");
  }

  boolean symmetric() {
    return shown.path("KeySpec").asText().equals("SYMMETRIC_DEFAULT");
  }

  KmsKey withState(String newState) {
    return new KmsKey(id, region, primaryRegion, newState, policy, tags, shown, created, visible);
  }

  KmsKey withPolicy(String newPolicy) {
    return new KmsKey(id, region, primaryRegion, state, newPolicy, tags, shown, created, visible);
  }

  /** As KeyMetadata shows it, with the Region of its replica, if it has one. */
  ObjectNode describe(Optional<String> replicaRegion) {
    ObjectNode metadata =
        shown
            .deepCopy()
            .put("AWSAccountId", PoolOperations.ACCOUNT)
            .put("KeyId", id)
            .put("Arn", arn())
            .put("CreationDate", WireJson.seconds(created))
            .put("Enabled", enabled())
            .put("KeyState", state)
            .put("KeyManager", "CUSTOMER")
            .put("MultiRegion", multiRegion());
    if (multiRegion()) {
      ObjectNode regions = metadata.putObject("MultiRegionConfiguration");
      regions.put("MultiRegionKeyType", primary() ? "PRIMARY" : "REPLICA");
      regions.set("PrimaryKey", where(primaryRegion));
      ArrayNode replicas = regions.putArray("ReplicaKeys");
      replicaRegion.ifPresent(replica -> replicas.add(where(replica)));
    }
    return metadata;
  }

  private ObjectNode where(String of) {
    return WireJson.object().put("Arn", arn(of, id)).put("Region", of);
  }
}
