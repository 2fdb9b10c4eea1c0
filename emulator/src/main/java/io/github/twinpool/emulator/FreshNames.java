package io.github.twinpool.emulator;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/** Makes up the names that Cognito makes up, in Cognito's shapes. */
final class FreshNames {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS = "0123456789";

  private final SecureRandom random;

  FreshNames(SecureRandom random) {
    this.random = random;
  }

  String poolId(String region) {
    return region + "_" + characters(9, LETTERS.toUpperCase(Locale.ROOT) + LETTERS + DIGITS);
  }

  String clientId() {
    return characters(26, LETTERS + DIGITS);
  }

  String clientSecret() {
    return characters(51, LETTERS + DIGITS);
  }

  /** A code of so many digits. */
  String digits(int length) {
    return characters(length, DIGITS);
  }

  /** What the keys of device groups are made of. */
  String group() {
    return characters(9, LETTERS.toUpperCase(Locale.ROOT) + LETTERS + DIGITS);
  }

  /** A random UUID, as request IDs and the {@code jti} of tokens are. */
  String uuid() {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & ~(3L << 62)) | (2L << 62);
    return new UUID(high, low).toString();
  }

  /** Hexadecimal in the groups of a UUID, but no version-4 UUID. */
  String sub() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return sub(bytes);
  }

  /** A {@code sub} made of 16 bytes or more. */
  static String sub(byte[] bytes) {
    String hex = HexFormat.of().formatHex(bytes, 0, 16);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        "70" + hex.substring(14, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  /** A password that keeps to every policy, for users who were made without one. */
  String password() {
    return "aA1!" + characters(12, LETTERS + DIGITS);
  }

  private String characters(int length, String from) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(from.charAt(random.nextInt(from.length())));
    }
    return text.toString();
  }
}
