package io.github.twinpool.token;

/**
 * A token that is well formed and asks for nothing unusual. Nobody has looked at its signature yet.
 *
 * @param keyId the key that is said to have signed it
 * @param issuer the issuer that it claims
 * @param claims all its claims
 * @param signingInput the bytes that were signed
 * @param signature the signature
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and nobody else holds the array
record ParsedToken(
    String keyId, String issuer, Claims claims, byte[] signingInput, byte[] signature) {
  @Override
  public String toString() {
    return "ParsedToken";
  }
}
