package io.github.twinpool.emulator;

import com.nimbusds.jose.jwk.RSAKey;
import java.security.SecureRandom;
import java.util.List;

/**
 * The keys of one pool, shared by its Regions: Cognito signs access tokens and ID tokens with
 * different ones. Fresh for every pool, so that no token outlives its emulator.
 */
record PoolKeys(SigningKey access, SigningKey id, Sealer sealer) {
  static PoolKeys generate(SecureRandom random) {
    return of(SigningKey.fresh(random), SigningKey.fresh(random), random);
  }

  /**
   * The same signing keys, so that a copy of the JWKS stays good, and another secret: what was
   * sealed before cannot be opened.
   */
  PoolKeys resealed(SecureRandom random) {
    return of(access, id, random);
  }

  static PoolKeys of(SigningKey access, SigningKey id, SecureRandom random) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    return new PoolKeys(access, id, new Sealer(secret));
  }

  /** Both keys without their secrets, as the JWKS has them. */
  List<RSAKey> published() {
    return List.of(id.published(), access.published());
  }

  @Override
  public String toString() {
    return "PoolKeys[" + access + ", " + id + "]";
  }
}
