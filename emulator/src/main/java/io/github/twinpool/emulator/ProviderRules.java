package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The ProviderDetails of each type: what must be there, what may be there, and what Cognito itself
 * adds. (Source: API reference, CreateIdentityProvider.)
 */
final class ProviderRules {
  private static final Pattern FACEBOOK_VERSION = Pattern.compile("v[0-9]{1,3}\\.[0-9]{1,2}");
  private static final Set<String> FLAGS = Set.of("IDPSignout", "EncryptedResponses", "IDPInit");
  private static final List<String> SOCIAL =
      List.of("client_id", "client_secret", "authorize_scopes");

  /** What Cognito says of social providers; sent values are accepted and count for nothing. */
  private static final Set<String> SET_BY_COGNITO =
      Set.of(
          "attributes_url",
          "attributes_url_add_attributes",
          "authorize_url",
          "jwks_uri",
          "oidc_issuer",
          "token_request_method",
          "token_url");

  private static final Map<ProviderType, Rule> RULES =
      Map.of(
          ProviderType.OIDC,
          new Rule(
              List.of("client_id", "attributes_request_method", "oidc_issuer", "authorize_scopes"),
              Set.of("client_secret", "attributes_url", "authorize_url", "jwks_uri", "token_url"),
              Set.of("attributes_url_add_attributes", "token_request_method")),
          ProviderType.SAML,
          new Rule(
              List.of(),
              Set.of(
                  "MetadataURL",
                  "MetadataFile",
                  "IDPSignout",
                  "EncryptedResponses",
                  "RequestSigningAlgorithm",
                  "IDPInit"),
              Set.of(
                  "SSORedirectBindingURI", "SLORedirectBindingURI", "ActiveEncryptionCertificate")),
          ProviderType.GOOGLE,
          new Rule(SOCIAL, Set.of(), SET_BY_COGNITO),
          ProviderType.FACEBOOK,
          new Rule(SOCIAL, Set.of("api_version"), SET_BY_COGNITO),
          ProviderType.AMAZON,
          new Rule(SOCIAL, Set.of(), SET_BY_COGNITO),
          ProviderType.APPLE,
          new Rule(
              List.of("client_id", "team_id", "key_id", "private_key", "authorize_scopes"),
              Set.of(),
              SET_BY_COGNITO));

  private record Rule(List<String> needed, Set<String> obeyed, Set<String> setByCognito) {
    boolean knows(String detail) {
      return needed.contains(detail) || obeyed.contains(detail) || setByCognito.contains(detail);
    }
  }

  private ProviderRules() {}

  /**
   * The details that a request gives, without those that only Cognito sets.
   *
   * @throws WireError an InvalidParameterException that names the detail
   */
  static Map<String, String> checked(ProviderType type, Map<String, String> sent) {
    Rule rule = Objects.requireNonNull(RULES.get(type));
    Map<String, String> details = new LinkedHashMap<>();
    sent.forEach(
        (name, value) -> {
          if (!rule.knows(name)) {
            throw invalid(type, name, "is not known");
          }
          if (!rule.setByCognito().contains(name) && !value.isEmpty()) {
            details.put(name, value);
          }
        });
    for (String needed : rule.needed()) {
      if (!details.containsKey(needed)) {
        throw invalid(type, needed, "is required");
      }
    }
    checkValues(type, details);
    return details;
  }

  private static void checkValues(ProviderType type, Map<String, String> details) {
    for (String flag : FLAGS) {
      oneOf(type, details, flag, "true", "false");
    }
    switch (type) {
      case OIDC -> oneOf(type, details, "attributes_request_method", "GET", "POST");
      case SAML -> {
        oneOf(type, details, "RequestSigningAlgorithm", "rsa-sha256");
        if (details.containsKey("MetadataURL") == details.containsKey("MetadataFile")) {
          throw invalid(type, "MetadataURL", "or MetadataFile is required, and not both");
        }
      }
      case FACEBOOK -> {
        String version = details.getOrDefault("api_version", SocialSite.FACEBOOK_VERSION);
        if (!FACEBOOK_VERSION.matcher(version).matches()) {
          throw invalid(type, "api_version", "must be like v17.0");
        }
      }
      case APPLE -> AppleSecret.key(details);
      default -> {}
    }
  }

  private static void oneOf(
      ProviderType type, Map<String, String> details, String name, String... choices) {
    if (details.containsKey(name) && !List.of(choices).contains(details.get(name))) {
      throw invalid(type, name, "must be " + String.join(" or ", choices));
    }
  }

  static WireError invalid(ProviderType type, String detail, String rule) {
    return WireError.invalidParameter(
        "ProviderDetails: " + detail + " " + rule + " for " + type.wire() + ".");
  }

  /** The details as the API describes them: with what Cognito adds, without Apple's key. */
  static ObjectNode describe(IdentityProvider provider) {
    ObjectNode details = WireJson.object();
    provider.details().forEach(details::put);
    details.remove("private_key");
    switch (provider.type()) {
      case OIDC -> details.put("attributes_url_add_attributes", "false");
      case SAML -> describeSaml(provider, details);
      default -> describeSite(provider.site(), details);
    }
    return details;
  }

  private static void describeSaml(IdentityProvider provider, ObjectNode details) {
    provider
        .metadata()
        .ifPresent(
            metadata -> {
              details.put("SSORedirectBindingURI", metadata.signOn());
              metadata.signOut().ifPresent(url -> details.put("SLORedirectBindingURI", url));
            });
    provider
        .encryption()
        .ifPresent(key -> details.put("ActiveEncryptionCertificate", key.certificateText()));
  }

  private static void describeSite(SocialSite site, ObjectNode details) {
    details
        .put("authorize_url", site.authorize())
        .put("token_url", site.token())
        .put("token_request_method", site.tokenByGet() ? "GET" : "POST")
        .put("attributes_url_add_attributes", String.valueOf(site.addsAttributes()));
    if (!site.attributes().isEmpty()) {
      details.put("attributes_url", site.attributes());
    }
    if (!site.issuer().isEmpty()) {
      details.put("oidc_issuer", site.issuer());
    }
  }
}
