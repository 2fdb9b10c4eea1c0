package io.github.twinpool.emulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;

/**
 * The client secret of Sign in with Apple: a token that the client makes of its team, its key and
 * its ID. (Source: Apple, Creating a client secret.)
 */
final class AppleSecret {
  private static final String AUDIENCE = "https://appleid.apple.com";
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofDays(183);

  private AppleSecret() {}

  /**
   * The private key of a provider's details.
   *
   * @throws WireError an InvalidParameterException
   */
  static ECPrivateKey key(Map<String, String> details) {
    String pem = details.getOrDefault("private_key", "");
    try {
      String base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----|\\s", "");
      return (ECPrivateKey)
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw ProviderRules.invalid(
          ProviderType.APPLE, "private_key", "must be an EC key in PKCS #8");
    }
  }

  /** A fresh secret. */
  static String of(Map<String, String> details, Instant now) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(details.get("key_id")).build(),
            new JWTClaimsSet.Builder()
                .issuer(details.get("team_id"))
                .subject(details.get("client_id"))
                .audience(AUDIENCE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .build());
    try {
      token.sign(new ECDSASigner(key(details)));
    } catch (JOSEException e) {
      throw FederationEnd.refused("The private key of the provider is not for ES256");
    }
    return token.serialize();
  }

  /** Whether a secret is good for the client that these details describe. */
  static boolean isGood(
      String secret, Map<String, String> details, ECPublicKey publicKey, Instant now) {
    try {
      SignedJWT token = SignedJWT.parse(secret);
      JWTClaimsSet claims = token.getJWTClaimsSet();
      Date expires = claims.getExpirationTime();
      return JWSAlgorithm.ES256.equals(token.getHeader().getAlgorithm())
          && String.valueOf(details.get("key_id")).equals(token.getHeader().getKeyID())
          && token.verify(new ECDSAVerifier(publicKey))
          && String.valueOf(details.get("team_id")).equals(claims.getIssuer())
          && String.valueOf(details.get("client_id")).equals(claims.getSubject())
          && claims.getAudience().contains(AUDIENCE)
          && expires != null
          && now.isBefore(expires.toInstant())
          && !expires.toInstant().isAfter(now.plus(LONGEST));
    } catch (ParseException | JOSEException e) {
      return false;
    }
  }
}
