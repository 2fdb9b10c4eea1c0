package io.github.twinpool.emulator;

/** What is wrong with the answers of an emulated OIDC or social provider. May grow. */
public enum TokenFault {
  /** Nothing. */
  NONE,
  /** The ID token is signed with a key that the provider does not publish. */
  WRONG_SIGNATURE,
  /** The ID token names another issuer. */
  WRONG_ISSUER,
  /** The ID token is for another client. */
  WRONG_AUDIENCE,
  /** The ID token has expired. */
  EXPIRED,
  /** The ID token has the nonce of another sign-in. */
  OTHER_NONCE,
  /** There is no token: the provider sends the browser back with {@code access_denied}. */
  DENIED
}
