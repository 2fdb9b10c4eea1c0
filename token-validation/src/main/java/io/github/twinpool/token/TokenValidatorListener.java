package io.github.twinpool.token;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Hears what a {@link TokenValidator} does. Nothing of a token is passed on. Called in order by one
 * thread of the validator's; no request waits for it. When a thousand events wait for that thread,
 * the next are lost, with one WARN: strangers' tokens cause some of them. Counts that must be right
 * are in {@link TokenValidator#status()}, where none is lost. What a listener throws is logged and
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

  /** A refresh has ended well: at least one source has answered. */
  default void keysRefreshed(String poolId, int keys) {}

  /** The validator starts with the keys of a snapshot file. */
  default void keysRestored(String poolId, int keys, Duration age) {}

  /** The snapshot file was refused, or cannot be written. Costs no token. */
  default void snapshotFailed(String poolId, KeySourceFailure failure) {}

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

  /** A token was refused. {@link ValidatorStatus#rejections()} counts all of them. */
  default void tokenRejected(RejectionCode code) {}
}
