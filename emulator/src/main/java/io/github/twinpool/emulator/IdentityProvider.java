package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.emulator.internal.saml.IdpMetadata;
import io.github.twinpool.emulator.internal.saml.SamlKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An identity provider of a pool. Immutable.
 *
 * @param details its ProviderDetails as they were sent, secrets among them
 * @param mapping its AttributeMapping: from the pool's attributes to the provider's claims
 * @param metadata of a SAML provider, as it was when the details were sent
 * @param encryption of a SAML provider: the key that its assertions may be encrypted for
 */
record IdentityProvider(
    String poolId,
    String name,
    ProviderType type,
    Map<String, String> details,
    Map<String, String> mapping,
    List<String> identifiers,
    Optional<IdpMetadata> metadata,
    Optional<SamlKey> encryption,
    Instant created,
    Instant modified) {

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
  static IdentityProvider of(Call call, Pool pool) {
    JsonRequest request = call.request();
    ProviderType type = ProviderType.of(request.required("ProviderType"));
    String name = request.required("ProviderName");
    if (type.social().isPresent() && !type.wire().equals(name)) {
      throw WireError.invalidParameter(
          "ProviderName must be " + type.wire() + " for a provider of this type.");
    }
    Map<String, String> details = details(type, request);
    Instant now = call.now();
    return new IdentityProvider(
        pool.id(),
        name,
        type,
        details,
        texts(request, "AttributeMapping"),
        request.texts("IdpIdentifiers"),
        SamlMetadata.of(type, details, call),
        type == ProviderType.SAML
            ? Optional.of(SamlKey.fresh(call.cognito().random(), pool.id(), now))
            : Optional.empty(),
        now,
        now);
  }

  /** The details that an UpdateIdentityProvider sends, if it sends any. */
  static Map<String, String> details(ProviderType type, JsonRequest request) {
    return ProviderRules.checked(type, texts(request, "ProviderDetails"));
  }

  /**
   * What an UpdateIdentityProvider makes of this: what it leaves out stays.
   *
   * @param newDetails the details that it sends
   * @param newMetadata what goes with them
   */
  IdentityProvider updated(
      JsonRequest request,
      Optional<Map<String, String>> newDetails,
      Optional<IdpMetadata> newMetadata,
      Instant now) {
    return new IdentityProvider(
        poolId,
        name,
        type,
        newDetails.orElse(details),
        request.has("AttributeMapping") ? texts(request, "AttributeMapping") : mapping,
        request.has("IdpIdentifiers") ? request.texts("IdpIdentifiers") : identifiers,
        newMetadata.or(() -> metadata),
        encryption,
        created,
        now);
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

  /** Whether a detail is there that switches something on. */
  boolean is(String flag) {
    return detail(flag).equals("true");
  }

  /** An endpoint, if the details name it rather than leaving it to be discovered. */
  Optional<String> endpoint(String key) {
    return Optional.ofNullable(details.get(key)).filter(url -> !url.isEmpty());
  }

  /** Where a social provider is. */
  SocialSite site() {
    return SocialSite.of(
        type.social().orElseThrow(),
        details.getOrDefault("api_version", SocialSite.FACEBOOK_VERSION));
  }

  /**
   * The group that Cognito makes for the provider's users. (Source: developer guide, Adding groups
   * to a user pool.)
   */
  String group() {
    return poolId + "_" + name;
  }

  ObjectNode describe() {
    ObjectNode description = summary().put("UserPoolId", poolId);
    description.set("ProviderDetails", ProviderRules.describe(this));
    mapping.forEach(description.putObject("AttributeMapping")::put);
    identifiers.forEach(description.putArray("IdpIdentifiers")::add);
    return description;
  }

  /** As ListIdentityProviders shows it. */
  ObjectNode summary() {
    return WireJson.object()
        .put("ProviderName", name)
        .put("ProviderType", type.wire())
        .put("CreationDate", WireJson.seconds(created))
        .put("LastModifiedDate", WireJson.seconds(modified));
  }

  @Override
  public String toString() {
    return "IdentityProvider[" + name + "]";
  }
}
