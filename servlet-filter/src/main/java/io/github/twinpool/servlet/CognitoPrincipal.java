package io.github.twinpool.servlet;

import io.github.twinpool.token.VerifiedToken;
import java.security.Principal;

/**
 * Who sent a request that {@link CognitoTokenFilter} let through. Immutable; {@link #toString()}
 * does not say who.
 *
 * @param token what the filter found good
 */
public record CognitoPrincipal(VerifiedToken token) implements Principal {

  /**
   * The user's name or, for the token of a machine, the app client's ID. The two can be alike where
   * users choose their names: ask {@link #isMachine()} before a name decides anything.
   */
  @Override
  public String getName() {
    return token.username().orElseGet(token::clientId);
  }

  /** Whether a machine got the token with its client credentials: it names no user then. */
  public boolean isMachine() {
    return token.username().isEmpty();
  }
}
