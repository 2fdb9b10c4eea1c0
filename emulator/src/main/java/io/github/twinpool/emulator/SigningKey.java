package io.github.twinpool.emulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs tokens. Its ID is there at once. The key itself is made when it is first needed,
 * because that takes a tenth of a second and many pools of a test never sign. Thread-safe.
 */
final class SigningKey {
  private static final int BITS = 2048;

  private final String id;
  private final Supplier<RSAKey> source;
  private @Nullable RSAKey made;
  private @Nullable RSASSASigner signer;

  private SigningKey(String id, Supplier<RSAKey> source) {
    this.id = id;
    this.source = source;
  }

  /** A key of its own. */
  static SigningKey fresh(SecureRandom random) {
    return of(random, id -> generate(random, id));
  }

  /**
   * A key from elsewhere.
   *
   * @param source gets the new key's ID
   */
  static SigningKey of(SecureRandom random, Function<String, RSAKey> source) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String id = Base64.getEncoder().encodeToString(bytes);
    return new SigningKey(id, () -> source.apply(id));
  }

  /** Another key under an ID that is taken. */
  static SigningKey generated(SecureRandom random, String id) {
    return new SigningKey(id, () -> generate(random, id));
  }

  static RSAKey generate(SecureRandom random, String id) {
    try {
      return new RSAKeyGenerator(BITS)
          .secureRandom(random)
          .algorithm(JWSAlgorithm.RS256)
          .keyUse(KeyUse.SIGNATURE)
          .keyID(id)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  String id() {
    return id;
  }

  /** Without its secret, as a JWKS has it. */
  RSAKey published() {
    return key().toPublicJWK();
  }

  String sign(JWTClaimsSet claims) {
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id).build(), claims);
    try {
      token.sign(signer());
    } catch (JOSEException e) {
      throw new IllegalStateException("an own key must sign", e);
    }
    return token.serialize();
  }

  private synchronized RSAKey key() {
    if (made == null) {
      made = source.get();
    }
    return made;
  }

  private synchronized RSASSASigner signer() throws JOSEException {
    if (signer == null) {
      signer = new RSASSASigner(key());
    }
    return signer;
  }

  @Override
  public String toString() {
    return id;
  }
}
