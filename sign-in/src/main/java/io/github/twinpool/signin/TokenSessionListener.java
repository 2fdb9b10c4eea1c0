package io.github.twinpool.signin;

/**
 * Hears of a {@link TokenSession}. Called on whichever thread the news came to, and not under a
 * lock; one that throws is logged and changes nothing.
 */
public interface TokenSessionListener {

  /** There are new tokens; an application that keeps them elsewhere stores them now. */
  default void refreshed(TokenSet tokens) {}

  /** The session is over. Called once. The last access token may still be valid for a while. */
  default void ended(SessionEndedException.Reason reason) {}
}
