package io.github.twinpool.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.twinpool.IssuerType;
import io.github.twinpool.UserPool;
import io.github.twinpool.token.TokenValidator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/**
 * Makes access tokens with Cognito's claims (developer guide, "Understanding the access token").
 */
final class CognitoTokens {
  static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE");
  static final String CLIENT = "1h57kf5cpq17m0eml12EXAMPLE";
  static final String ISSUER = POOL.issuer(IssuerType.UPDATED);

  private final RSAKey key;
  private final JWSHeader header;
  private final RSASSASigner signer;
  private final Instant now;

  CognitoTokens(Instant now) throws JOSEException {
    this.now = now;
    key =
        new RSAKeyGenerator(2048)
            .keyID("YzVhbXBsZUFjY2Vzc0tleUlkZW50aWZpZXI0NDQ0NDQ0NDQ0")
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.RS256)
            .generate();
    header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    signer = new RSASSASigner(key);
  }

  /** The pool's key set, as the pool publishes it. */
  String jwks() {
    return new JWKSet(key.toPublicJWK()).toString();
  }

  /** A token that no other is equal to. */
  String next() {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .subject(UUID.randomUUID().toString())
            .claim("cognito:groups", List.of("admins", "staff"))
            .issuer(ISSUER)
            .claim("version", 2)
            .claim("client_id", CLIENT)
            .claim("origin_jti", UUID.randomUUID().toString())
            .claim("event_id", UUID.randomUUID().toString())
            .claim("token_use", "access")
            .claim("scope", "aws.cognito.signin.user.admin openid profile email")
            .claim("auth_time", now.getEpochSecond())
            .expirationTime(Date.from(now.plus(Duration.ofHours(24))))
            .issueTime(Date.from(now))
            .jwtID(UUID.randomUUID().toString())
            .claim("username", UUID.randomUUID().toString())
            .build();
    try {
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
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
