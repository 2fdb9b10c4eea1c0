package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Users who come from an identity provider, and how Cognito writes that down. */
final class FederatedUsers {
  /** The attribute, JSON in a text, and the claim, a list of objects. */
  static final String IDENTITIES = "identities";

  private FederatedUsers() {}

  /** The attributes that a provider's claims make, by the provider's mapping. */
  static Map<String, String> mapped(IdentityProvider provider, Map<String, String> claims) {
    Map<String, String> attributes = new LinkedHashMap<>();
    provider
        .mapping()
        .forEach(
            (attribute, claim) -> {
              String value = claims.getOrDefault(claim, "");
              if (!attribute.equals("username") && !value.isEmpty()) {
                attributes.put(attribute, value);
              }
            });
    return attributes;
  }

  /**
   * Makes a user in the primary, with a password that nobody knows.
   *
   * @throws WireError a LimitExceededException
   */
  static UserRecord create(
      DomainCall call,
      IdentityProvider provider,
      String username,
      String sub,
      Map<String, String> attributes) {
    EmulatedCognito cognito = call.call().cognito();
    Map<String, String> all = new LinkedHashMap<>(attributes);
    all.put(IDENTITIES, attribute(call, provider, sub));
    UserRecord user =
        UserRecord.fresh(
            username,
            cognito.names().sub(),
            cognito.stored(call.pool(), username, cognito.names().password()),
            UserStatus.EXTERNAL_PROVIDER,
            all,
            call.now());
    call.pool().add(user, false, false);
    return user;
  }

  private static String attribute(DomainCall call, IdentityProvider provider, String sub) {
    ObjectNode identity =
        WireJson.object()
            .put("userId", sub)
            .put("providerName", provider.name())
            .put("providerType", "OIDC")
            .putNull("issuer")
            .put("primary", true)
            .put("dateCreated", call.now().toEpochMilli());
    return "[" + new String(WireJson.write(identity), StandardCharsets.UTF_8) + "]";
  }

  /** The attribute's value as ID tokens have it: texts, even of what are none, but for nulls. */
  static List<Map<String, @Nullable String>> claim(String attribute) {
    JsonNode identities =
        WireJson.read(("{\"all\":" + attribute + "}").getBytes(StandardCharsets.UTF_8)).path("all");
    List<Map<String, @Nullable String>> claim = new ArrayList<>();
    for (JsonNode identity : identities) {
      Map<String, @Nullable String> texts = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : identity.properties()) {
        JsonNode value = entry.getValue();
        texts.put(entry.getKey(), value.isNull() ? null : value.asText());
      }
      claim.add(texts);
    }
    return claim;
  }
}
