package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Cognito does at a social provider, of which each has ways of its own. The provider's real
 * hosts are never asked: its counterpart on this machine is. Thread-safe.
 */
final class SocialClient {
  /** What Google's ID tokens say; other mapped attributes are asked of its People API. */
  private static final Set<String> IN_ID_TOKENS =
      Set.of(
          "sub",
          "email",
          "email_verified",
          "name",
          "given_name",
          "family_name",
          "picture",
          "locale",
          "id_token",
          "access_token");

  private final ProviderHttp http;
  private final Map<SocialProvider, URI> counterparts;

  /**
   * @param counterparts those that were started, which may become more
   */
  SocialClient(ProviderHttp http, Map<SocialProvider, URI> counterparts) {
    this.http = http;
    this.counterparts = counterparts;
  }

  /**
   * Where an endpoint's counterpart is.
   *
   * @throws OAuthError invalid_request, if the counterpart was not started
   */
  String at(IdentityProvider provider, String url) {
    SocialProvider social = provider.type().social().orElseThrow();
    URI counterpart = counterparts.get(social);
    if (counterpart == null) {
      throw FederationEnd.refused(
          provider.name()
              + " Error - the emulator's socialProvider("
              + social
              + ") is not started");
    }
    return SocialSite.at(counterpart, url);
  }

  /**
   * What a provider says of the user who came back with a code.
   *
   * @param answer the parameters that the browser brought
   * @throws OAuthError invalid_request, if it says nothing that can be believed
   */
  Map<String, String> claims(
      IdentityProvider provider,
      PendingFederations.Pending pending,
      Parameters answer,
      Instant now) {
    Map<String, String> form = OidcClient.exchange(provider, pending, answer.required("code"));
    form.put(
        "client_secret",
        provider.type() == ProviderType.APPLE
            ? AppleSecret.of(provider.details(), now)
            : provider.detail("client_secret"));
    SocialSite site = provider.site();
    String token = at(provider, site.token());
    ObjectNode tokens =
        http.json(
            site.tokenByGet()
                ? HttpRequest.newBuilder(ProviderHttp.uri(DomainReply.with(token, form)))
                : OidcClient.posted(token, form),
            provider);
    Map<String, String> claims = new LinkedHashMap<>();
    if (!site.keys().isEmpty()) {
      addIdToken(claims, provider, pending, tokens, now);
    }
    addAttributes(claims, provider, tokens.path("access_token").asText(""));
    if (provider.type() == ProviderType.APPLE) {
      answer.get("user").ifPresent(user -> addName(claims, user));
    }
    claims.put("access_token", tokens.path("access_token").asText(""));
    return claims;
  }

  private void addIdToken(
      Map<String, String> claims,
      IdentityProvider provider,
      PendingFederations.Pending pending,
      ObjectNode tokens,
      Instant now) {
    SocialSite site = provider.site();
    String idToken = tokens.path("id_token").asText("");
    JWTClaimsSet verified =
        IdTokens.verified(
            idToken,
            http.json(
                HttpRequest.newBuilder(ProviderHttp.uri(at(provider, site.keys()))), provider),
            new IdTokens.Expected(
                site.issuer(), provider.detail("client_id"), pending.expected(), now));
    IdTokens.addTo(claims, verified);
    claims.put("id_token", idToken);
  }

  private void addAttributes(
      Map<String, String> claims, IdentityProvider provider, String accessToken) {
    Optional<String> url = attributesUrl(provider);
    if (url.isEmpty()) {
      return;
    }
    ObjectNode attributes =
        http.json(
            HttpRequest.newBuilder(ProviderHttp.uri(at(provider, url.get())))
                .header("Authorization", "Bearer " + accessToken),
            provider);
    attributes.remove("sub"); // the ID token says who it is
    Claims.addAll(claims, attributes);
  }

  /** With the names of the mapped attributes, where the provider must be told them. */
  private static Optional<String> attributesUrl(IdentityProvider provider) {
    SocialSite site = provider.site();
    if (!site.addsAttributes()) {
      return Optional.of(site.attributes()).filter(url -> !url.isEmpty());
    }
    Set<String> names = new TreeSet<>(provider.mapping().values());
    if (provider.type() == ProviderType.FACEBOOK) {
      names.add(provider.type().subject());
      names.remove("access_token");
    } else {
      names.removeAll(IN_ID_TOKENS);
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(site.attributes() + DomainReply.encoded(String.join(",", names)));
  }

  /**
   * The name that Apple sends by the browser, with the first consent only. Nothing but the name is
   * taken from there, because no signature covers it.
   */
  private static void addName(Map<String, String> claims, String user) {
    try {
      ObjectNode json = WireJson.read(user.getBytes(StandardCharsets.UTF_8));
      String first = json.path("name").path("firstName").asText("");
      String last = json.path("name").path("lastName").asText("");
      claims.put("firstName", first);
      claims.put("lastName", last);
      claims.put("name", (first + " " + last).strip());
    } catch (WireError e) {
      throw OAuthError.invalidRequest();
    }
  }
}
