package io.github.twinpool.signin;

/**
 * Hears of a {@link TokenSession}. Called on whichever thread the news came to, and not under a
 * lock; one that throws is logged and changes nothing.
 */
public interface TokenSessionListener {

  /** There are new tokens; an application that keeps them elsewhere stores them now. */
  default void refreshed(TokenSet tokens) {}

  /**
   * The session is over, or cannot be refreshed any more: the last access token may still be valid
   * for a while. Called once. A session without a refresh token has no timer, so the first call
   * that finds its access token expired tells of that end.
   */
  default void ended(SessionEndedException.Reason reason) {}
}
