package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ID tokens of identity providers, and when they are believed. */
final class IdTokens {
  private IdTokens() {}

  /**
   * What a token must say.
   *
   * @param audience the client's ID
   */
  record Expected(String issuer, String audience, String nonce, Instant now) {}

  /**
   * A token's claims.
   *
   * @param keys the provider's key set
   * @throws OAuthError invalid_request, if the token is not believed
   */
  static JWTClaimsSet verified(String token, ObjectNode keys, Expected expected) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JWK key = JWKSet.parse(keys.toString()).getKeyByKeyId(jwt.getHeader().getKeyID());
      JWSVerifier verifier = verifier(key, jwt.getHeader().getAlgorithm());
      if (verifier != null && jwt.verify(verifier) && isMeant(jwt.getJWTClaimsSet(), expected)) {
        return jwt.getJWTClaimsSet();
      }
    } catch (ParseException | JOSEException e) {
      throw bad();
    }
    throw bad();
  }

  private static @Nullable JWSVerifier verifier(@Nullable JWK key, JWSAlgorithm algorithm)
      throws JOSEException {
    if (key != null && JWSAlgorithm.Family.RSA.contains(algorithm)) {
      return new RSASSAVerifier(key.toRSAKey());
    }
    return key != null && JWSAlgorithm.Family.EC.contains(algorithm)
        ? new ECDSAVerifier(key.toECKey())
        : null;
  }

  private static boolean isMeant(JWTClaimsSet claims, Expected expected) {
    return expected.issuer().equals(claims.getIssuer())
        && claims.getAudience().contains(expected.audience())
        && expected.nonce().equals(claims.getClaim("nonce"))
        && claims.getExpirationTime() != null
        && expected.now().isBefore(claims.getExpirationTime().toInstant())
        && claims.getSubject() != null
        && !claims.getSubject().isEmpty();
  }

  /** The claims as texts. */
  static void addTo(Map<String, String> claims, JWTClaimsSet token) {
    Claims.addAll(claims, WireJson.read(token.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static OAuthError bad() {
    return FederationEnd.refused("Bad id_token");
  }
}
