package io.github.twinpool.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The client's side of the Secure Remote Password protocol 6a, as Cognito speaks it: the 3072-bit
 * group of RFC 3526, generator 2, SHA-256; the shared secret goes through HKDF (RFC 5869) with the
 * info "Caldera Derived Key" to a key of 16 bytes, which signs the server's secret block.
 *
 * <p>Numbers are hashed as the bytes of their shortest two's complement form: a leading zero byte
 * where the first bit is set, and no other padding. {@link BigInteger#toByteArray()} is that form.
 *
 * <p>One object serves one sign-in. Byte arrays with secrets in them are wiped; the JDK's {@link
 * BigInteger} cannot be, nor does it compute in constant time.
 */
final class Srp {
  static final BigInteger N =
      new BigInteger(
          "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD1"
              + "29024E088A67CC74020BBEA63B139B22514A08798E3404DD"
              + "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245"
              + "E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
              + "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3D"
              + "C2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
              + "83655D23DCA3AD961C62F356208552BB9ED529077096966D"
              + "670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
              + "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9"
              + "DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
              + "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64"
              + "ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
              + "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6B"
              + "F12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
              + "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB31"
              + "43DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
          16);
  private static final BigInteger G = BigInteger.TWO;
  private static final BigInteger K = number(sha256(N.toByteArray(), G.toByteArray()));
  private static final int EXPONENT_BITS = 1_024;
  private static final int MAX_HEX_DIGITS = 2 * 385;
  private static final byte[] INFO = "Caldera Derived Key\u0001".getBytes(UTF_8);
  private static final int KEY_BYTES = 16;
  private static final int DEVICE_SALT_BYTES = 16;
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss 'UTC' yyyy", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final BigInteger privateValue;
  private final BigInteger publicValue;

  /** Begins with a fresh private value. */
  Srp(SecureRandom random) {
    this(new BigInteger(EXPONENT_BITS, random).setBit(EXPONENT_BITS - 1));
  }

  /**
   * Begins with a given private value.
   *
   * @throws IllegalArgumentException if its public value is a multiple of N
   */
  Srp(BigInteger privateValue) {
    this.privateValue = privateValue;
    publicValue = G.modPow(privateValue, N);
    if (publicValue.signum() == 0) {
      throw new IllegalArgumentException("the public value is 0");
    }
  }

  /** The parameter SRP_A. */
  String publicValue() {
    return publicValue.toString(16);
  }

  /** Who proves what: the pool's name and the user, or a device's group key and key. */
  record Claim(String realm, String name, Secret password) {}

  /** What the server sent: numbers in hexadecimal, the block in base64. */
  record ServerValues(String salt, String publicValue, String secretBlock) {

    @Override
    public String toString() {
      return "ServerValues[…]";
    }
  }

  /**
   * The signature that proves the knowledge of the password, in base64.
   *
   * @param timestamp as {@link #timestamp} writes it
   * @throws SignInProtocolException if the server's values are none, or would give the secret away
   */
  String signature(Claim claim, ServerValues server, String timestamp) {
    byte[] key = key(claim, server);
    try {
      return Base64.getEncoder()
          .encodeToString(
              hmac(
                  key,
                  claim.realm().getBytes(UTF_8),
                  claim.name().getBytes(UTF_8),
                  secretBlock(server.secretBlock()),
                  timestamp.getBytes(UTF_8)));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private byte[] key(Claim claim, ServerValues server) {
    BigInteger theirs = hex(server.publicValue(), "SRP_B");
    if (theirs.mod(N).signum() == 0) {
      throw new SignInProtocolException("SRP_B is a multiple of N");
    }
    byte[] scrambling = sha256(publicValue.toByteArray(), theirs.toByteArray());
    BigInteger u = number(scrambling);
    if (u.signum() == 0) {
      throw new SignInProtocolException("the scrambling parameter is 0");
    }
    BigInteger x = passwordNumber(claim, hex(server.salt(), "SALT"));
    BigInteger shared =
        theirs.subtract(K.multiply(G.modPow(x, N))).modPow(privateValue.add(u.multiply(x)), N);
    byte[] secret = shared.toByteArray();
    byte[] extracted = hmac(u.toByteArray(), secret);
    byte[] expanded = hmac(extracted, INFO);
    Arrays.fill(secret, (byte) 0);
    Arrays.fill(extracted, (byte) 0);
    byte[] key = Arrays.copyOf(expanded, KEY_BYTES);
    Arrays.fill(expanded, (byte) 0);
    return key;
  }

  private static BigInteger passwordNumber(Claim claim, BigInteger salt) {
    byte[] password = claim.password().utf8();
    byte[] identity = sha256((claim.realm() + claim.name() + ":").getBytes(UTF_8), password);
    byte[] hash = sha256(salt.toByteArray(), identity);
    try {
      return number(hash);
    } finally {
      Arrays.fill(password, (byte) 0);
      Arrays.fill(identity, (byte) 0);
      Arrays.fill(hash, (byte) 0);
    }
  }

  /** What ConfirmDevice stores of a device's password: both in base64. */
  record DeviceVerifier(String salt, String passwordVerifier) {

    @Override
    public String toString() {
      return "DeviceVerifier[…]";
    }
  }

  static DeviceVerifier deviceVerifier(Claim device, SecureRandom random) {
    byte[] salt = new byte[DEVICE_SALT_BYTES];
    random.nextBytes(salt);
    return deviceVerifier(device, number(salt));
  }

  static DeviceVerifier deviceVerifier(Claim device, BigInteger salt) {
    BigInteger verifier = G.modPow(passwordNumber(device, salt), N);
    Base64.Encoder base64 = Base64.getEncoder();
    return new DeviceVerifier(
        base64.encodeToString(salt.toByteArray()), base64.encodeToString(verifier.toByteArray()));
  }

  /** The parameter TIMESTAMP: {@code Sun Nov 1 09:05:07 UTC 2026}, the day without a zero. */
  static String timestamp(Instant time) {
    return TIMESTAMP.format(time);
  }

  private static BigInteger number(byte[] magnitude) {
    return new BigInteger(1, magnitude);
  }

  private static BigInteger hex(String digits, String parameter) {
    boolean hexadecimal =
        !digits.isEmpty()
            && digits.length() <= MAX_HEX_DIGITS
            && digits.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
    if (!hexadecimal) {
      throw new SignInProtocolException(
          parameter + " is no hexadecimal number of the group's size");
    }
    return new BigInteger(digits, 16);
  }

  private static byte[] secretBlock(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new SignInProtocolException("SECRET_BLOCK is not base64");
    }
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

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "Srp[…]";
  }
}
