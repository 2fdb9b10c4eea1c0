package io.github.twinpool.token;

import java.util.Arrays;
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
    // The JDK's decoder lets padding and stray bits pass. Both can only be at the end.
    if (text.indexOf('=') >= 0 || hasStrayBits(text, bytes)) {
      throw new InvalidTokenException(RejectionCode.BAD_BASE64);
    }
    return bytes;
  }

  /** Whether the end of the bytes, spelt again, is not the end of the text. */
  private static boolean hasStrayBits(String text, byte[] bytes) {
    int rest = bytes.length % 3;
    if (rest == 0) {
      return false;
    }
    byte[] end = Arrays.copyOfRange(bytes, bytes.length - rest, bytes.length);
    return !text.endsWith(ENCODER.encodeToString(end));
  }
}
