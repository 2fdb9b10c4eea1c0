package io.github.twinpool.benchmarks;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * An RSA key of 2048 bits with eight primes: signs ten times as fast as one with two, and who
 * verifies sees no difference. Small primes are easy to find: for benchmarks only.
 */
final class ManyPrimeKey {
  private static final int BITS = 2048;
  private static final int PRIMES = 8;
  private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);

  /** What stands before a SHA-256 in a signature (RFC 8017 section 9.2, note 1). */
  private static final byte[] SHA_256 =
      HexFormat.of().parseHex("3031300d060960864801650304020105000420");

  private final BigInteger modulus;
  private final List<Part> parts = new ArrayList<>();

  /**
   * @param exponent the private exponent for this prime
   * @param share what the signature modulo this prime is multiplied with
   */
  private record Part(BigInteger prime, BigInteger exponent, BigInteger share) {}

  ManyPrimeKey(SecureRandom random) {
    List<BigInteger> primes = primes(random);
    modulus = primes.stream().reduce(BigInteger.ONE, BigInteger::multiply);
    for (BigInteger prime : primes) {
      BigInteger others = modulus.divide(prime);
      parts.add(
          new Part(
              prime,
              EXPONENT.modInverse(prime.subtract(BigInteger.ONE)),
              others.multiply(others.modInverse(prime))));
    }
  }

  /** Each over 15/16 of what its bits can hold, so that the product has all its bits. */
  private static List<BigInteger> primes(SecureRandom random) {
    int bits = BITS / PRIMES;
    List<BigInteger> primes = new ArrayList<>();
    while (primes.size() < PRIMES) {
      BigInteger high = BigInteger.valueOf(15).shiftLeft(bits - 4);
      BigInteger prime = high.add(new BigInteger(bits - 5, random)).nextProbablePrime();
      boolean usable = prime.subtract(BigInteger.ONE).gcd(EXPONENT).equals(BigInteger.ONE);
      if (usable && !primes.contains(prime)) {
        primes.add(prime);
      }
    }
    return primes;
  }

  RSAPublicKey publicKey() throws GeneralSecurityException {
    return (RSAPublicKey)
        KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, EXPONENT));
  }

  /** The RS256 signature of a text (RFC 8017 section 8.2.1). */
  byte[] sign(byte[] text) throws GeneralSecurityException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
    byte[] padded = new byte[BITS / 8];
    int end = padded.length - SHA_256.length - hash.length;
    padded[1] = 1;
    for (int i = 2; i < end - 1; i++) {
      padded[i] = (byte) 0xff;
    }
    System.arraycopy(SHA_256, 0, padded, end, SHA_256.length);
    System.arraycopy(hash, 0, padded, end + SHA_256.length, hash.length);
    BigInteger message = new BigInteger(1, padded);
    BigInteger signature = BigInteger.ZERO;
    for (Part part : parts) {
      BigInteger rest = message.mod(part.prime()).modPow(part.exponent(), part.prime());
      signature = signature.add(rest.multiply(part.share()));
    }
    return unsigned(signature.mod(modulus));
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[BITS / 8];
    int length = Math.min(bytes.length, fixed.length);
    System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
    return fixed;
  }
}
