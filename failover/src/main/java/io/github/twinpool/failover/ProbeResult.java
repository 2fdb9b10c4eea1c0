package io.github.twinpool.failover;

/** What a probe has found. */
enum ProbeResult {
  /** The Region answered. */
  ALIVE,
  /** The Region answered that it does not serve this pool. */
  NOT_SERVING,
  /** No answer, or a failure. */
  FAILED
}
