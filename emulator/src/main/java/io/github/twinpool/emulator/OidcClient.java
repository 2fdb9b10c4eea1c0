package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Cognito does at an identity provider while a browser waits: exchanges the code, checks the
 * ID token, asks for the attributes. Its errors are the ones that the developer guide lists for the
 * authorize endpoint. Thread-safe.
 */
final class OidcClient {
  /** Ours: what the service waits is not published. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** More is cut off, and so no JSON. */
  private static final int BODY_MAX = 1 << 20;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

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
        json(HttpRequest.newBuilder(uri(issuer + "/.well-known/openid-configuration")), provider)
            .path(metadata)
            .asText("");
    if (url.isEmpty()) {
      throw FederationEnd.refused(provider.name() + " Error - no " + metadata);
    }
    return url;
  }

  /**
   * What a provider says of the user who came back with a code.
   *
   * @throws OAuthError invalid_request, if it says nothing that can be believed
   */
  Map<String, String> claims(
      IdentityProvider provider, PendingFederations.Pending pending, String code, Instant now) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", pending.redirectUri());
    form.put("client_id", provider.detail("client_id"));
    form.put("client_secret", provider.detail("client_secret"));
    ObjectNode tokens =
        json(
            HttpRequest.newBuilder(uri(endpoint(provider, "token_url", "token_endpoint")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(DomainReply.with("", form).substring(1))),
            provider);
    Map<String, String> claims = new LinkedHashMap<>();
    JWTClaimsSet idToken = verified(provider, tokens.path("id_token").asText(""));
    check(provider, pending, idToken, now);
    idToken.getClaims().forEach((name, value) -> claims.put(name, String.valueOf(value)));
    ObjectNode attributes =
        json(
            HttpRequest.newBuilder(uri(endpoint(provider, "attributes_url", "userinfo_endpoint")))
                .header("Authorization", "Bearer " + tokens.path("access_token").asText("")),
            provider);
    if (!attributes.path("sub").asText("").equals(idToken.getSubject())) {
      throw FederationEnd.refused(provider.name() + " Error - attributes of somebody else");
    }
    attributes.properties().forEach(entry -> claims.put(entry.getKey(), entry.getValue().asText()));
    return claims;
  }

  private JWTClaimsSet verified(IdentityProvider provider, String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JWKSet keys =
          JWKSet.parse(
              json(
                      HttpRequest.newBuilder(uri(endpoint(provider, "jwks_uri", "jwks_uri"))),
                      provider)
                  .toString());
      JWK key = keys.getKeyByKeyId(jwt.getHeader().getKeyID());
      if (key != null
          && jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.RS256)
          && jwt.verify(new RSASSAVerifier(key.toRSAKey().toRSAPublicKey()))) {
        return jwt.getJWTClaimsSet();
      }
    } catch (ParseException | JOSEException e) {
      throw badToken();
    }
    throw badToken();
  }

  private static void check(
      IdentityProvider provider,
      PendingFederations.Pending pending,
      JWTClaimsSet claims,
      Instant now) {
    boolean good =
        provider.detail("oidc_issuer").equals(claims.getIssuer())
            && claims.getAudience().contains(provider.detail("client_id"))
            && pending.nonce().equals(claims.getClaim("nonce"))
            && claims.getExpirationTime() != null
            && now.isBefore(claims.getExpirationTime().toInstant())
            && claims.getSubject() != null
            && !claims.getSubject().isEmpty();
    if (!good) {
      throw badToken();
    }
  }

  private static OAuthError badToken() {
    return FederationEnd.refused("Bad id_token");
  }

  private ObjectNode json(HttpRequest.Builder request, IdentityProvider provider) {
    try {
      HttpResponse<InputStream> response =
          http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw FederationEnd.refused(
              provider.name() + " Error - " + response.statusCode() + " error getting token");
        }
        return WireJson.read(body.readNBytes(BODY_MAX));
      }
    } catch (HttpTimeoutException e) {
      throw FederationEnd.refused("Timeout occurred in calling IdP token endpoint");
    } catch (IOException | WireError e) {
      throw FederationEnd.refused("Connection reset");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw FederationEnd.refused("Connection reset");
    }
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw OAuthError.invalidRequest();
    }
  }
}
