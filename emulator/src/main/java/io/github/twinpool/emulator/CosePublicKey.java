package io.github.twinpool.emulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Map;

/**
 * A public key as authenticators show it (RFC 9053): ES256 on P-256, or RS256.
 *
 * @param algorithm as the JDK calls its signatures
 */
record CosePublicKey(PublicKey key, String algorithm) {
  static final long ES256 = -7;
  static final long RS256 = -257;

  private static final Object KTY = 1L;
  private static final Object ALG = 3L;
  private static final int COORDINATE = 32;
  private static final int SHORTEST_RSA = 2_048;
  private static final int LONGEST_RSA = 4_096;

  /**
   * Reads a COSE_Key.
   *
   * @throws WireError a WebAuthnCredentialNotSupportedException for any other key
   */
  static CosePublicKey of(Map<Object, Object> cose) {
    boolean ec = Long.valueOf(2).equals(cose.get(KTY)) && Long.valueOf(ES256).equals(cose.get(ALG));
    boolean rsa =
        Long.valueOf(3).equals(cose.get(KTY)) && Long.valueOf(RS256).equals(cose.get(ALG));
    try {
      if (ec && Long.valueOf(1).equals(cose.get(-1L))) {
        return new CosePublicKey(ec(cose), "SHA256withECDSA");
      }
      if (rsa) {
        return new CosePublicKey(rsa(cose), "SHA256withRSA");
      }
    } catch (JOSEException | IllegalArgumentException | IllegalStateException e) {
      // The library says so of points off the curve and of numbers that make no key.
      throw unsupported();
    }
    throw unsupported();
  }

  private static PublicKey ec(Map<Object, Object> cose) throws JOSEException {
    byte[] x = bytes(cose, -2);
    byte[] y = bytes(cose, -3);
    if (x.length != COORDINATE || y.length != COORDINATE) {
      throw unsupported();
    }
    return new ECKey.Builder(Curve.P_256, Base64URL.encode(x), Base64URL.encode(y))
        .build()
        .toECPublicKey();
  }

  private static PublicKey rsa(Map<Object, Object> cose) throws JOSEException {
    byte[] modulus = bytes(cose, -1);
    byte[] exponent = bytes(cose, -2);
    int bits = new BigInteger(1, modulus).bitLength();
    boolean odd = exponent.length > 0 && (exponent[exponent.length - 1] & 1) == 1;
    if (bits < SHORTEST_RSA || bits > LONGEST_RSA || !odd || exponent.length > Long.BYTES) {
      throw unsupported();
    }
    return new RSAKey.Builder(Base64URL.encode(modulus), Base64URL.encode(exponent))
        .build()
        .toRSAPublicKey();
  }

  private static byte[] bytes(Map<Object, Object> cose, long label) {
    if (cose.get(label) instanceof byte[] bytes) {
      return bytes;
    }
    throw unsupported();
  }

  static WireError unsupported() {
    return WireError.of(
        "WebAuthnCredentialNotSupportedException", "The credential is not supported.");
  }

  /** Whether this key has signed the concatenation of two parts. */
  boolean hasSigned(byte[] first, byte[] second, byte[] signature) {
    try {
      Signature check = Signature.getInstance(algorithm);
      check.initVerify(key);
      check.update(first);
      check.update(second);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
