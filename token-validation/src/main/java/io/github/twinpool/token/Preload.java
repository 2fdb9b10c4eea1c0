package io.github.twinpool.token;

/** When a validator fetches its keys for the first time. */
public enum Preload {
  /**
   * {@code build()} waits until each pool has keys or its sources have failed, at most the keys
   * time-out. It never throws because of them.
   */
  BLOCKING,
  /** {@code build()} starts the fetch and returns. The default. */
  BACKGROUND,
  /** The first token starts the fetch. */
  NONE
}
