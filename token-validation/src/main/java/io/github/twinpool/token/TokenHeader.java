package io.github.twinpool.token;

/**
 * A JOSE header that {@link TokenParser} has found good.
 *
 * @param segment the exact text that was parsed, still encoded
 * @param keyId the key that it names
 */
@SuppressWarnings("ArrayRecordComponent") // compared byte by byte where it matters, never changed
record TokenHeader(byte[] segment, String keyId) {
  @Override
  public String toString() {
    return "TokenHeader";
  }
}
