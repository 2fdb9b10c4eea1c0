package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A provider's claims as texts, which attributes are. */
final class Claims {
  private Claims() {}

  static void addAll(Map<String, String> claims, ObjectNode from) {
    from.properties().forEach(entry -> claims.put(entry.getKey(), text(entry.getValue())));
  }

  private static String text(JsonNode value) {
    if (value.isArray()) {
      return several(value.valueStream().map(JsonNode::asText).toList());
    }
    return value instanceof ObjectNode object
        ? new String(WireJson.write(object), StandardCharsets.UTF_8)
        : value.asText();
  }

  /** One value as it is. */
  static String text(List<String> values) {
    return values.size() == 1 ? values.get(0) : several(values);
  }

  /**
   * Several values in brackets, each encoded as in a form, so that commas tell them apart. (Source:
   * developer guide, Mapping IdP attributes to profiles and tokens.)
   */
  private static String several(List<String> values) {
    return values.stream().map(DomainReply::encoded).collect(Collectors.joining(",", "[", "]"));
  }
}
