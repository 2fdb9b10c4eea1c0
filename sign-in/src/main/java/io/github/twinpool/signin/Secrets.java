package io.github.twinpool.signin;

import java.security.SecureRandom;
import java.util.Base64;

/** Values that nobody guesses. */
final class Secrets {
  private static final int BYTES = 32;

  private Secrets() {}

  /** 256 random bits, as base64url without padding. */
  static String text(SecureRandom random) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random));
  }

  static byte[] bytes(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return bytes;
  }
}
