package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Typed access to a request that has passed its {@link RequestShape}. A member is named with dots
 * for structures; an absent one and a JSON null are the same.
 */
final class JsonRequest {
  private final ObjectNode tree;

  JsonRequest(ObjectNode tree) {
    this.tree = tree;
  }

  /** A text that the shape requires. */
  String required(String member) {
    return text(member).orElseThrow(() -> new IllegalStateException("not in its shape: " + member));
  }

  Optional<String> text(String member) {
    return Optional.ofNullable(at(member).textValue());
  }

  OptionalInt number(String member) {
    JsonNode value = at(member);
    return value.isInt() ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
  }

  boolean flag(String member, boolean otherwise) {
    return at(member).asBoolean(otherwise);
  }

  boolean has(String member) {
    JsonNode value = at(member);
    return !value.isMissingNode() && !value.isNull();
  }

  List<String> texts(String member) {
    return at(member).valueStream().map(JsonNode::asText).toList();
  }

  /** An entry of the map AuthParameters, ChallengeResponses and the like. */
  Optional<String> entry(String map, String key) {
    return Optional.ofNullable(at(map).path(key).textValue());
  }

  /** Whether a map has an entry, be it a JSON null. */
  boolean hasEntry(String map, String key) {
    return at(map).has(key);
  }

  /** All entries of a map. */
  JsonNode entries(String map) {
    return at(map);
  }

  /**
   * An entry that the operation cannot do without.
   *
   * @throws WireError an InvalidParameterException that names it
   */
  String requiredEntry(String map, String key) {
    return entry(map, key)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> WireError.invalidParameter("Missing required parameter " + key));
  }

  /** A list of attributes as a new map, in its order; the last of equal names wins. */
  Map<String, String> attributes(String member) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (JsonNode attribute : at(member)) {
      attributes.put(attribute.path("Name").asText(), attribute.path("Value").asText(""));
    }
    return attributes;
  }

  /** The members of these names that the request has, to be shown again by a Describe operation. */
  ObjectNode copy(String... members) {
    ObjectNode copy = WireJson.object();
    for (String member : members) {
      if (has(member)) {
        copy.set(member, tree.path(member).deepCopy());
      }
    }
    return copy;
  }

  private JsonNode at(String member) {
    return tree.at("/" + member.replace('.', '/'));
  }
}
