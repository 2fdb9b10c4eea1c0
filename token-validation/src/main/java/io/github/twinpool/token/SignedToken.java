package io.github.twinpool.token;

import org.jspecify.annotations.Nullable;

/**
 * A token of a trusted issuer whose signature is right. It may have expired, or be for someone
 * else: {@link ClaimRules} says. Thread-safe; this is what {@link TokenCache} holds.
 */
final class SignedToken {
  private final TrustedIssuer issuer;
  private final SigningKey key;
  private final Claims claims;

  /** Made once and immutable, so it does not matter which thread's wins. */
  private @Nullable VerifiedToken typed;

  /**
   * @param issuer who issued it
   * @param key what signed it
   * @param claims its claims
   */
  SignedToken(TrustedIssuer issuer, SigningKey key, Claims claims) {
    this.issuer = issuer;
    this.key = key;
    this.claims = claims;
  }

  TrustedIssuer issuer() {
    return issuer;
  }

  Claims claims() {
    return claims;
  }

  /** Whether the key that signed it would still be accepted. */
  boolean keyIsTrusted() {
    return issuer.keys().trusts(key);
  }

  /**
   * @throws InvalidTokenException if the claims are not those of an access token
   */
  AccessToken asAccessToken() {
    if (typed instanceof AccessToken made) {
      return made;
    }
    AccessToken token = new AccessToken(issuer.origin(), claims);
    typed = token;
    return token;
  }

  /**
   * @throws InvalidTokenException if the claims are not those of an ID token
   */
  IdToken asIdToken() {
    if (typed instanceof IdToken made) {
      return made;
    }
    IdToken token = new IdToken(issuer.origin(), claims);
    typed = token;
    return token;
  }

  @Override
  public String toString() {
    return "SignedToken";
  }
}
