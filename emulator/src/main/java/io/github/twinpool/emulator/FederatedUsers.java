package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** How Cognito writes down that a user comes from an identity provider. */
final class FederatedUsers {
  /** The attribute, JSON in a text, and the claim, a list of objects. */
  static final String IDENTITIES = "identities";

  private FederatedUsers() {}

  /** The attribute's value as ID tokens have it. */
  static List<Map<String, String>> claim(String attribute) {
    ObjectNode identity = WireJson.read(attribute.getBytes(StandardCharsets.UTF_8));
    Map<String, String> claim = new java.util.LinkedHashMap<>();
    identity.properties().forEach(entry -> claim.put(entry.getKey(), entry.getValue().asText()));
    return List.of(claim);
  }
}
