package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An OIDC identity provider of a pool. Immutable.
 *
 * @param details its ProviderDetails, a client secret among them
 * @param mapping its AttributeMapping: from the pool's attributes to the provider's claims
 */
record IdentityProvider(
    String poolId,
    String name,
    Map<String, String> details,
    Map<String, String> mapping,
    List<String> identifiers,
    Instant created,
    Instant modified) {
  private static final List<String> NEEDED =
      List.of("client_id", "attributes_request_method", "oidc_issuer", "authorize_scopes");

  IdentityProvider {
    details = Map.copyOf(details);
    mapping = Map.copyOf(mapping);
    identifiers = List.copyOf(identifiers);
  }

  /**
   * The provider that a CreateIdentityProvider describes.
   *
   * @throws WireError an InvalidParameterException
   */
  static IdentityProvider of(Pool pool, JsonRequest request, Instant now) {
    return new IdentityProvider(
            pool.id(),
            request.required("ProviderName"),
            texts(request, "ProviderDetails"),
            texts(request, "AttributeMapping"),
            request.texts("IdpIdentifiers"),
            now,
            now)
        .checked();
  }

  /** What an UpdateIdentityProvider makes of this: what it leaves out stays. */
  IdentityProvider updated(JsonRequest request, Instant now) {
    return new IdentityProvider(
            poolId,
            name,
            request.has("ProviderDetails") ? texts(request, "ProviderDetails") : details,
            request.has("AttributeMapping") ? texts(request, "AttributeMapping") : mapping,
            request.has("IdpIdentifiers") ? request.texts("IdpIdentifiers") : identifiers,
            created,
            now)
        .checked();
  }

  private IdentityProvider checked() {
    for (String needed : NEEDED) {
      if (details.getOrDefault(needed, "").isEmpty()) {
        throw WireError.invalidParameter("ProviderDetails: " + needed + " is required for OIDC.");
      }
    }
    return this;
  }

  private static Map<String, String> texts(JsonRequest request, String member) {
    Map<String, String> texts = new LinkedHashMap<>();
    request
        .entries(member)
        .properties()
        .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText("")));
    return texts;
  }

  String detail(String key) {
    return details.getOrDefault(key, "");
  }

  /** An endpoint, if the details name it rather than leaving it to be discovered. */
  Optional<String> endpoint(String key) {
    return Optional.ofNullable(details.get(key)).filter(url -> !url.isEmpty());
  }

  ObjectNode describe() {
    ObjectNode description = summary().put("UserPoolId", poolId);
    details.forEach(description.putObject("ProviderDetails")::put);
    mapping.forEach(description.putObject("AttributeMapping")::put);
    identifiers.forEach(description.putArray("IdpIdentifiers")::add);
    return description;
  }

  /** As ListIdentityProviders shows it. */
  ObjectNode summary() {
    return WireJson.object()
        .put("ProviderName", name)
        .put("ProviderType", "OIDC")
        .put("CreationDate", WireJson.seconds(created))
        .put("LastModifiedDate", WireJson.seconds(modified));
  }

  @Override
  public String toString() {
    return "IdentityProvider[" + name + "]";
  }
}
