package io.github.twinpool.failover;

/** How one attempt at one Region ended. */
public enum AttemptOutcome {
  /** The Region answered: a success, or any 4xx, throttling included. The caller gets it. */
  ANSWER,
  /** Connect, DNS, TLS, reset, time-out or 5xx: counts against the Region. */
  REGIONAL_FAILURE,
  /** The secondary answered that it does not serve what it should: a replica that is not ACTIVE. */
  NOT_SERVING,
  /** Something on this side failed: credentials, a full pool. Says nothing about the Region. */
  LOCAL_FAILURE,
  /** Nobody waits for it any longer: left behind at a switch, or cancelled by the caller. */
  ABANDONED
}
