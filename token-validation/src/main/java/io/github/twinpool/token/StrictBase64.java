package io.github.twinpool.token;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/** Base64url as RFC 7515 wants it, where each sequence of bytes has one spelling. */
final class StrictBase64 {
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private StrictBase64() {}

  /**
   * Decodes a part of a text.
   *
   * @param text in ASCII; any other byte is refused as a foreign character
   * @param from the part's first byte
   * @param to the byte after its last
   * @throws InvalidTokenException for padding, foreign characters, stray bits and broken lengths
   */
  static byte[] decode(byte[] text, int from, int to) {
    byte[] bytes;
    try {
      ByteBuffer decoded = DECODER.decode(ByteBuffer.wrap(text, from, to - from));
      byte[] array = decoded.array();
      bytes = array.length == decoded.limit() ? array : Arrays.copyOf(array, decoded.limit());
    } catch (IllegalArgumentException notBase64) {
      throw new InvalidTokenException(RejectionCode.BAD_BASE64);
    }
    // The JDK's decoder lets padding and stray bits pass. Both can only be at the end.
    if (text[to - 1] == '=' || hasStrayBits(text, to, bytes)) {
      throw new InvalidTokenException(RejectionCode.BAD_BASE64);
    }
    return bytes;
  }

  /** Whether the end of the bytes, spelt again, is not the end of the text. */
  private static boolean hasStrayBits(byte[] text, int to, byte[] bytes) {
    int rest = bytes.length % 3;
    if (rest == 0) {
      return false;
    }
    byte[] end = ENCODER.encode(Arrays.copyOfRange(bytes, bytes.length - rest, bytes.length));
    return !Arrays.equals(end, 0, end.length, text, to - end.length, to);
  }
}
