package io.github.twinpool.token;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** A place that publishes a pool's keys. */
interface KeySource {
  URI uri();

  /**
   * Asks for the keys without blocking. There is no time-out here: who asks cancels the future,
   * which frees whatever it holds.
   *
   * @return the keys, or a {@link KeySourceException}
   */
  CompletableFuture<Jwks> fetch();
}
