package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Cognito does at an OpenID Connect provider: exchanges the code, checks the ID token, asks
 * for the attributes. Thread-safe.
 */
final class OidcClient {
  private final ProviderHttp http;

  OidcClient(ProviderHttp http) {
    this.http = http;
  }

  /**
   * Where an endpoint of a provider is.
   *
   * @param detail its name in ProviderDetails
   * @param metadata its name in the provider's discovery document
   * @throws OAuthError invalid_request, if the provider does not say
   */
  String endpoint(IdentityProvider provider, String detail, String metadata) {
    return provider.endpoint(detail).orElseGet(() -> discovered(provider, metadata));
  }

  private String discovered(IdentityProvider provider, String metadata) {
    String issuer = provider.detail("oidc_issuer");
    String url =
        http.json(
                HttpRequest.newBuilder(
                    ProviderHttp.uri(issuer + "/.well-known/openid-configuration")),
                provider)
            .path(metadata)
            .asText("");
    if (url.isEmpty()) {
      throw FederationEnd.refused(provider.name() + " Error - no " + metadata);
    }
    return url;
  }

  /**
   * What a provider says of the user who came back with a code; its tokens are claims, too.
   *
   * @throws OAuthError invalid_request, if it says nothing that can be believed
   */
  Map<String, String> claims(
      IdentityProvider provider, PendingFederations.Pending pending, String code, Instant now) {
    Map<String, String> form = exchange(provider, pending, code);
    form.put("client_secret", provider.detail("client_secret"));
    ObjectNode tokens =
        http.json(posted(endpoint(provider, "token_url", "token_endpoint"), form), provider);
    String idToken = tokens.path("id_token").asText("");
    JWTClaimsSet verified =
        IdTokens.verified(
            idToken,
            http.json(
                HttpRequest.newBuilder(
                    ProviderHttp.uri(endpoint(provider, "jwks_uri", "jwks_uri"))),
                provider),
            new IdTokens.Expected(
                provider.detail("oidc_issuer"),
                provider.detail("client_id"),
                pending.expected(),
                now));
    String accessToken = tokens.path("access_token").asText("");
    ObjectNode attributes = http.json(asked(provider, accessToken), provider);
    if (!attributes.path("sub").asText("").equals(verified.getSubject())) {
      throw FederationEnd.refused(provider.name() + " Error - attributes of another user");
    }
    Map<String, String> claims = new LinkedHashMap<>();
    IdTokens.addTo(claims, verified);
    Claims.addAll(claims, attributes);
    claims.put("access_token", accessToken);
    claims.put("id_token", idToken);
    return claims;
  }

  private HttpRequest.Builder asked(IdentityProvider provider, String accessToken) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                ProviderHttp.uri(endpoint(provider, "attributes_url", "userinfo_endpoint")))
            .header("Authorization", "Bearer " + accessToken);
    return provider.detail("attributes_request_method").equals("POST")
        ? request.POST(BodyPublishers.noBody())
        : request;
  }

  /** The form of a code exchange, without the proof of who the client is. */
  static Map<String, String> exchange(
      IdentityProvider provider, PendingFederations.Pending pending, String code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", pending.redirectUri());
    form.put("client_id", provider.detail("client_id"));
    return form;
  }

  static HttpRequest.Builder posted(String url, Map<String, String> form) {
    return HttpRequest.newBuilder(ProviderHttp.uri(url))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(DomainReply.with("", form).substring(1)));
  }
}
