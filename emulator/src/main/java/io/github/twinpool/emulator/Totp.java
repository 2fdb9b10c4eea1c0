package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Codes of authenticator apps (RFC 6238): six digits, 30 seconds, HMAC-SHA-1, one step early or
 * late is let pass. A code is good once; each Region knows the uses that it saw. Thread-safe.
 */
final class Totp {
  private static final int SECONDS = 30;
  private static final int SECRET_BYTES = 32;
  private static final int USERS = 100_000;
  private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  /** The last step that was used, by Region and user. */
  private final Map<String, Long> lastUsed = new BoundedMap<>(USERS);

  /** What may be said of a code. */
  enum Verdict {
    RIGHT,
    WRONG,
    USED
  }

  /** A new secret, in Base32 without padding. */
  static String secret(SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    StringBuilder text = new StringBuilder();
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = ((buffer << 8) | (b & 0xFF)) & 0xFFFF;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE_32.charAt((buffer >> bits) & 31));
      }
    }
    if (bits > 0) {
      text.append(BASE_32.charAt((buffer << (5 - bits)) & 31));
    }
    return text.toString();
  }

  /** Looks at a code and uses it up if it is right. */
  synchronized Verdict use(
      RegionRole role, String username, String secret, String code, Instant now) {
    long current = now.getEpochSecond() / SECONDS;
    long right = -1;
    for (long step = current - 1; step <= current + 1; step++) {
      if (matches(secret, step, code)) {
        right = step;
      }
    }
    if (right < 0) {
      return Verdict.WRONG;
    }
    String key = role + " " + username;
    if (lastUsed.getOrDefault(key, -1L) >= right) {
      return Verdict.USED;
    }
    lastUsed.put(key, right);
    return Verdict.RIGHT;
  }

  /** Forgets the uses of a user whose secret has changed. */
  synchronized void reset(RegionRole role, String username) {
    lastUsed.remove(role + " " + username);
  }

  private static boolean matches(String secret, long step, String code) {
    return MessageDigest.isEqual(
        code(secret, step).getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
  }

  /** The code of one step of 30 seconds. */
  static String code(String secret, long step) {
    byte[] hash = Hmac.sha1(decoded(secret), ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    int offset = hash[hash.length - 1] & 15;
    int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
    return String.format(Locale.ROOT, "%06d", number % 1_000_000);
  }

  private static byte[] decoded(String secret) {
    byte[] bytes = new byte[secret.length() * 5 / 8];
    int buffer = 0;
    int bits = 0;
    int next = 0;
    for (int i = 0; i < secret.length(); i++) {
      buffer = ((buffer << 5) | BASE_32.indexOf(secret.charAt(i))) & 0xFFFF;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[next++] = (byte) (buffer >> bits);
      }
    }
    return bytes;
  }
}
