package io.github.twinpool.token;

/**
 * A token that is well formed and asks for nothing unusual. Nobody has looked at its signature yet.
 *
 * @param header names the key that is said to have signed it
 * @param issuer the issuer that it claims
 * @param claims all its claims
 * @param text the token's characters, which are ASCII
 * @param signedLength how many of them were signed, from the first
 * @param signature the signature
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and nobody else holds the arrays
record ParsedToken(
    TokenHeader header,
    String issuer,
    Claims claims,
    byte[] text,
    int signedLength,
    byte[] signature) {
  String keyId() {
    return header.keyId();
  }

  @Override
  public String toString() {
    return "ParsedToken";
  }
}
