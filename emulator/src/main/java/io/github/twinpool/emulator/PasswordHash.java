package io.github.twinpool.emulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it is kept. Few rounds, because these are passwords of tests and an emulator should
 * not be the slowest part of a load test.
 */
final class PasswordHash {
  private static final int ROUNDS = 64;
  private static final int BITS = 256;

  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(byte[] salt, byte[] hash) {
    this.salt = salt;
    this.hash = hash;
  }

  static PasswordHash of(String password, SecureRandom random) {
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    return new PasswordHash(salt, derive(password, salt));
  }

  /** Compares in a time that does not depend on how much of the password is right. */
  boolean matches(String password) {
    return MessageDigest.isEqual(hash, derive(password, salt));
  }

  /** Compares texts in a time that does not depend on how much of them is alike. */
  static boolean equal(String known, String claimed) {
    return MessageDigest.isEqual(
        known.getBytes(StandardCharsets.UTF_8), claimed.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] derive(String password, byte[] salt) {
    try {
      PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, ROUNDS, BITS);
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "PasswordHash[…]";
  }
}
