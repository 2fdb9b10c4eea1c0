package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What each Region of a pool has of its own and replication leaves alone: senders, triggers, tags,
 * log export, the e-mail of threat protection. (Source: Cognito developer guide, "Multi-Region
 * replication for user pools".) Thread-safe.
 */
final class RegionalSettings {
  private static final String TAGS = "UserPoolTags";
  private static final String[] OF_UPDATE = {
    "EmailConfiguration", "LambdaConfig", "SmsConfiguration"
  };

  private final Map<RegionRole, ObjectNode> members = new EnumMap<>(RegionRole.class);
  private final Map<RegionRole, Map<String, String>> tags = new EnumMap<>(RegionRole.class);
  private final Map<RegionRole, JsonNode> logs = new EnumMap<>(RegionRole.class);
  private final Map<RegionRole, ObjectNode> risks = new EnumMap<>(RegionRole.class);

  RegionalSettings() {
    for (RegionRole role : RegionRole.values()) {
      clear(role);
    }
  }

  /** What a Region begins with. */
  final synchronized void clear(RegionRole role) {
    members.put(role, WireJson.object());
    tags.put(role, Map.of());
    logs.remove(role);
    risks.remove(role);
  }

  /** What a CreateUserPool or an UpdateUserPool says of them; what it leaves out is reset. */
  synchronized void update(RegionRole role, JsonRequest request) {
    members.put(role, request.copy(OF_UPDATE));
    tags.put(role, tags(request));
  }

  /** Tags by UpdateUserPool, CreateUserPoolReplica or TagResource. */
  synchronized void tag(RegionRole role, Map<String, String> all) {
    tags.put(role, Map.copyOf(all));
  }

  synchronized Map<String, String> tags(RegionRole role) {
    return Objects.requireNonNull(tags.get(role));
  }

  synchronized void log(RegionRole role, JsonNode configurations) {
    logs.put(role, configurations.deepCopy());
  }

  synchronized JsonNode log(RegionRole role) {
    return logs.getOrDefault(role, WireJson.object().arrayNode());
  }

  synchronized void risk(RegionRole role, ObjectNode configuration) {
    risks.put(role, configuration.deepCopy());
  }

  synchronized ObjectNode risk(RegionRole role) {
    return risks.getOrDefault(role, WireJson.object()).deepCopy();
  }

  /** As DescribeUserPool shows them. */
  synchronized ObjectNode describe(RegionRole role) {
    ObjectNode description = Objects.requireNonNull(members.get(role)).deepCopy();
    ObjectNode email = description.withObject("/EmailConfiguration");
    email.put("EmailSendingAccount", email.path("EmailSendingAccount").asText("COGNITO_DEFAULT"));
    if (!description.has("LambdaConfig")) {
      description.putObject("LambdaConfig");
    }
    tags(role).forEach(description.putObject(TAGS)::put);
    return description;
  }

  static Map<String, String> tags(JsonRequest request) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> tag : request.copy(TAGS).path(TAGS).properties()) {
      tags.put(tag.getKey(), tag.getValue().asText());
    }
    return tags;
  }
}
