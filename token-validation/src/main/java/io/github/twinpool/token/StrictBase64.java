package io.github.twinpool.token;

import java.util.Base64;

/** Base64url as RFC 7515 wants it, where each sequence of bytes has one spelling. */
final class StrictBase64 {
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private StrictBase64() {}

  /**
   * @throws InvalidTokenException for padding, foreign characters, stray bits and broken lengths
   */
  static byte[] decode(String text) {
    byte[] bytes;
    try {
      bytes = DECODER.decode(text);
    } catch (IllegalArgumentException notBase64) {
      throw new InvalidTokenException(RejectionCode.BAD_BASE64);
    }
    // The JDK's decoder lets padding and stray bits pass: only the one right spelling comes back.
    if (!ENCODER.encodeToString(bytes).equals(text)) {
      throw new InvalidTokenException(RejectionCode.BAD_BASE64);
    }
    return bytes;
  }
}
