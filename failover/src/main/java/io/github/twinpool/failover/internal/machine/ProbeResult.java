package io.github.twinpool.failover.internal.machine;

/** What a probe has found. */
public enum ProbeResult {
  /** The Region answered. */
  ALIVE,
  /** The Region answered that it does not serve this pool. */
  NOT_SERVING,
  /** No answer, or a failure. */
  FAILED
}
