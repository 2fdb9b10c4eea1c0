package io.github.twinpool.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;
import io.github.twinpool.token.TokenValidator;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes access tokens with Cognito's claims (developer guide, "Understanding the access token").
 */
final class CognitoTokens {
  static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE");
  static final String CLIENT = "1h57kf5cpq17m0eml12EXAMPLE";
  static final String ISSUER = POOL.issuer(IssuerType.UPDATED);
  private static final String KEY_ID = "YzVhbXBsZUFjY2Vzc0tleUlkZW50aWZpZXI0NDQ0NDQ0NDQ0";

  private final ManyPrimeKey key = new ManyPrimeKey(new SecureRandom());
  private final Instant now;

  CognitoTokens(Instant now) {
    this.now = now;
  }

  /** The pool's key set, as the pool publishes it. */
  String jwks() throws GeneralSecurityException {
    RSAKey jwk =
        new RSAKey.Builder(key.publicKey())
            .keyID(KEY_ID)
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.RS256)
            .build();
    return new JWKSet(jwk).toString();
  }

  /** A token that no other is equal to. */
  String next() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", UUID.randomUUID().toString());
    claims.put("cognito:groups", List.of("admins", "staff"));
    claims.put("iss", ISSUER);
    claims.put("version", 2);
    claims.put("client_id", CLIENT);
    claims.put("origin_jti", UUID.randomUUID().toString());
    claims.put("event_id", UUID.randomUUID().toString());
    claims.put("token_use", "access");
    claims.put("scope", "aws.cognito.signin.user.admin openid profile email");
    claims.put("auth_time", now.getEpochSecond());
    claims.put("exp", now.plus(Duration.ofDays(1)).getEpochSecond());
    claims.put("iat", now.getEpochSecond());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("username", UUID.randomUUID().toString());
    String header = base64(json(Map.of("kid", KEY_ID, "alg", "RS256")));
    String signed = header + "." + base64(json(claims));
    try {
      return signed + "." + base64(key.sign(signed.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }

  private static byte[] json(Map<String, ?> object) {
    return JSONObjectUtils.toJSONString(object).getBytes(UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Twinpool with nothing but these keys, and a cache of that many bytes (0 for none). */
  static TokenValidator twinpool(String jwks, long cacheBytes) {
    return TokenValidator.builder(POOL)
        .clientId(CLIENT)
        .fetchKeys(false)
        .staticKeys(jwks)
        .tokenCacheBytes(cacheBytes)
        .build();
  }
}
