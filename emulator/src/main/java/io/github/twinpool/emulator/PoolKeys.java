package io.github.twinpool.emulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * The keys of one pool, shared by its Regions: Cognito signs access tokens and ID tokens with
 * different ones. Fresh for every pool, so that no token outlives its emulator.
 */
record PoolKeys(RSAKey access, RSAKey id, Sealer sealer) {
  private static final int BITS = 2048;

  static PoolKeys generate(SecureRandom random) {
    return of(key(random), key(random), random);
  }

  /** With keys at hand: making two takes some tenths of a second. */
  static PoolKeys of(RSAKey access, RSAKey id, SecureRandom random) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    return new PoolKeys(access, id, new Sealer(secret));
  }

  /** A fresh key for signatures. */
  static RSAKey key(SecureRandom random) {
    byte[] kid = new byte[32];
    random.nextBytes(kid);
    try {
      return new RSAKeyGenerator(BITS)
          .secureRandom(random)
          .algorithm(JWSAlgorithm.RS256)
          .keyUse(KeyUse.SIGNATURE)
          .keyID(Base64.getEncoder().encodeToString(kid))
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  /** Both keys without their secrets, as the JWKS has them. */
  List<RSAKey> published() {
    return List.of(id.toPublicJWK(), access.toPublicJWK());
  }

  @Override
  public String toString() {
    return "PoolKeys[" + access.getKeyID() + ", " + id.getKeyID() + "]";
  }
}
