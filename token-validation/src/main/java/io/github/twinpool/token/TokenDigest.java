package io.github.twinpool.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of a token: as good a name for it as the token itself, and nothing to steal. */
record TokenDigest(long a, long b, long c, long d) {
  /**
   * The digest of exactly this text. Characters beyond Latin-1 become question marks, which is
   * harmless: no token that was ever found good has one.
   */
  static TokenDigest of(String token, Idle<MessageDigest> idle) {
    MessageDigest sha256 = idle.take();
    if (sha256 == null) {
      sha256 = sha256();
    }
    ByteBuffer hash = ByteBuffer.wrap(sha256.digest(token.getBytes(ISO_8859_1)));
    idle.leave(sha256);
    return new TokenDigest(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  @Override
  public int hashCode() {
    return Long.hashCode(a);
  }

  @Override
  public String toString() {
    return "TokenDigest";
  }
}
