package io.github.twinpool.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import org.jspecify.annotations.Nullable;

/**
 * An RSA key of a pool, ready to check signatures. Thread-safe. A key is its ID and its numbers:
 * the same ID with other numbers is another key.
 */
final class SigningKey {
  private static final JWSHeader RS256 = new JWSHeader(JWSAlgorithm.RS256);

  private final String id;
  private final BigInteger modulus;
  private final BigInteger exponent;
  private final RSASSAVerifier verifier;

  SigningKey(String id, RSAPublicKey key) {
    this.id = id;
    modulus = key.getModulus();
    exponent = key.getPublicExponent();
    verifier = new RSASSAVerifier(key);
  }

  /** The {@code kid}. */
  String id() {
    return id;
  }

  /** Whether this key made the token's signature, by RS256 whatever the token's header says. */
  boolean signed(ParsedToken token) {
    try {
      return verifier.verify(RS256, token.signingInput(), new Base64URL(token.signature()));
    } catch (JOSEException e) {
      throw new IllegalStateException("this JVM has no RS256", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SigningKey that
        && id.equals(that.id)
        && modulus.equals(that.modulus)
        && exponent.equals(that.exponent);
  }

  @Override
  public int hashCode() {
    return 31 * id.hashCode() + modulus.hashCode();
  }

  @Override
  public String toString() {
    return "SigningKey";
  }
}
