package io.github.twinpool.benchmarks.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Access tokens shaped like Cognito's (developer guide, "Understanding the access token"). */
final class Tokens {
  static final UserPool POOL = UserPool.of("us-east-1_EXAMPLE");
  static final String CLIENT = "1h57kf5cpq17m0eml12EXAMPLE";
  static final String ISSUER = POOL.issuer(IssuerType.UPDATED);

  final RSAKey key;
  private final JWSHeader header;
  private final RSASSASigner signer;
  private final Instant now = Instant.ofEpochMilli(System.currentTimeMillis());

  private Tokens(RSAKey key) throws JOSEException {
    this.key = key;
    header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    signer = new RSASSASigner(key);
  }

  static Tokens create() throws JOSEException {
    return new Tokens(
        new RSAKeyGenerator(2048)
            .keyID("YzVhbXBsZUFjY2Vzc0tleUlkZW50aWZpZXI0NDQ0NDQ0NDQ0")
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.RS256)
            .generate());
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

  /** Tokens as they come from a socket: as bytes, of which each request makes a new String. */
  byte[][] next(int count) {
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(i -> next().getBytes(ISO_8859_1))
        .toArray(byte[][]::new);
  }

  /** The pool's keys as a file, which is what a refresh reads. */
  Path keyFile() throws IOException {
    Path file = Files.createTempFile("twinpool-benchmark", ".json");
    file.toFile().deleteOnExit();
    return Files.writeString(file, new JWKSet(key.toPublicJWK()).toString());
  }
}
