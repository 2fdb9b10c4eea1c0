package io.github.twinpool.token;

/**
 * A token of a trusted issuer whose signature is right. It may have expired, or be for someone
 * else: {@link ClaimRules} says. This is what a cache may hold.
 *
 * @param issuer who issued it
 * @param key what signed it
 * @param claims its claims
 */
record SignedToken(TrustedIssuer issuer, SigningKey key, Claims claims) {
  @Override
  public String toString() {
    return "SignedToken";
  }
}
