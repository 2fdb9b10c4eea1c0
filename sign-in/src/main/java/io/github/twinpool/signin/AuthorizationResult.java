package io.github.twinpool.signin;

import io.github.twinpool.token.IdToken;

/** A browser's sign-in that succeeded. Immutable; {@code toString} shows no token. */
public final class AuthorizationResult {
  private final TokenSet tokens;
  private final IdToken idToken;
  private final String returnTarget;

  AuthorizationResult(TokenSet tokens, IdToken idToken, String returnTarget) {
    this.tokens = tokens;
    this.idToken = idToken;
    this.returnTarget = returnTarget;
  }

  /**
   * The tokens.
   *
   * @see AuthorizationCodeFlow#session(TokenSet) who keeps them fresh
   */
  public TokenSet tokens() {
    return tokens;
  }

  /** The validated ID token: who signed in. */
  public IdToken idToken() {
    return idToken;
  }

  /**
   * Where the browser was on its way to: checked and percent-encoded, so that it is safe to
   * redirect to. {@code /} if the target of {@link AuthorizationRequest#returningTo} was too long.
   */
  public String returnTarget() {
    return returnTarget;
  }

  @Override
  public String toString() {
    return "AuthorizationResult[" + tokens + "]";
  }
}
