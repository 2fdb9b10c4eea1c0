package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * The server's side of SRP-6a (RFC 5054) as Cognito does it: the 3072-bit group of RFC 3526, g = 2,
 * SHA-256, and a key of 16 bytes from HKDF. Numbers are hashed as two's complement bytes, which is
 * what {@link BigInteger#toByteArray()} gives. Passwords and devices prove themselves alike.
 */
final class Srp {
  static final BigInteger N =
      new BigInteger(
          "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
              + "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
              + "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
              + "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05"
              + "98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB"
              + "9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
              + "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718"
              + "3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33"
              + "A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
              + "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864"
              + "D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2"
              + "08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
          16);
  private static final BigInteger G = BigInteger.TWO;
  private static final BigInteger K = new BigInteger(1, sha256(N.toByteArray(), G.toByteArray()));
  private static final byte[] INFO = "Caldera Derived Key".getBytes(UTF_8);
  private static final int KEY_BYTES = 16;
  private static final int SALT_BITS = 128;
  private static final int SECRET_BITS = 384;

  private Srp() {}

  /**
   * A password as SRP hashes it. Making the {@link Verifier} of it takes some milliseconds, which
   * most users of a test never need.
   */
  record HashedPassword(BigInteger salt, BigInteger x) {

    /**
     * Hashes a password.
     *
     * @param realm the pool's name, or a device's group
     * @param user the name that the client hashes
     */
    static HashedPassword of(String realm, String user, String password, SecureRandom random) {
      BigInteger salt = new BigInteger(SALT_BITS, random);
      byte[] identity = sha256((realm + user + ":" + password).getBytes(UTF_8));
      return new HashedPassword(salt, new BigInteger(1, sha256(salt.toByteArray(), identity)));
    }

    Verifier verifier() {
      return new Verifier(salt, G.modPow(x, N));
    }

    @Override
    public String toString() {
      return "HashedPassword[…]";
    }
  }

  /** What the server needs to check a password: not enough to sign in with it. */
  record Verifier(BigInteger salt, BigInteger value) {
    @Override
    public String toString() {
      return "Verifier[…]";
    }
  }

  /**
   * The server's half of one exchange.
   *
   * @param publicB in hexadecimal, as it is sent
   * @param key what the client will come to if it knows the password, in Base64
   */
  record Offer(String publicB, String key) {
    @Override
    public String toString() {
      return "Offer[…]";
    }
  }

  static Offer offer(Verifier verifier, BigInteger publicA, SecureRandom random) {
    BigInteger secret = new BigInteger(SECRET_BITS, random).setBit(SECRET_BITS - 1);
    BigInteger publicB = K.multiply(verifier.value()).add(G.modPow(secret, N)).mod(N);
    BigInteger u = new BigInteger(1, sha256(publicA.toByteArray(), publicB.toByteArray()));
    BigInteger shared = publicA.multiply(verifier.value().modPow(u, N)).mod(N).modPow(secret, N);
    byte[] extracted = Hmac.sha256(u.toByteArray(), shared.toByteArray());
    byte[] key = Arrays.copyOf(Hmac.sha256(extracted, INFO, new byte[] {1}), KEY_BYTES);
    return new Offer(publicB.toString(16), Base64.getEncoder().encodeToString(key));
  }

  /** The proof that a client sends who came to the same key. */
  static byte[] signature(
      byte[] key, String realm, String user, byte[] secretBlock, String timestamp) {
    return Hmac.sha256(
        key, realm.getBytes(UTF_8), user.getBytes(UTF_8), secretBlock, timestamp.getBytes(UTF_8));
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
