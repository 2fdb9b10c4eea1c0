package io.github.twinpool.token;

import java.net.URI;
import java.util.List;

/**
 * Hears what a {@link TokenValidator} does. Nothing of a token is passed on. Called by callers'
 * threads for rejections and by a thread of its own for the rest; what it throws is logged and
 * changes nothing.
 */
public interface TokenValidatorListener {
  /**
   * A source has published keys.
   *
   * @param keys how many of its keys can be used
   * @param skipped how many entries of its key set cannot
   */
  default void keysFetched(String poolId, URI source, int keys, int skipped) {}

  /** A source has given no keys. While another one does, this costs no token. */
  default void keySourceFailed(String poolId, KeySourceFailure failure) {}

  /**
   * No source has given keys.
   *
   * @param stillValidating whether there are keys from before that may be used
   */
  default void keysUnavailable(
      String poolId, List<KeySourceFailure> failures, boolean stillValidating) {}

  /** A token named a key that the pool does not have. */
  default void unknownKey(String poolId) {}

  /** A token was refused. */
  default void tokenRejected(RejectionCode code) {}
}
