package io.github.twinpool.failover;

import io.github.twinpool.failover.internal.calls.OutcomeClassifier;

/** What is known of a request whose attempt failed: whether the Region can have acted on it. */
public enum RequestState {
  /** It never left: no connection, no credentials, no place in a pool. Sending it again is safe. */
  NOT_SENT,
  /** The Region said that it did not act on it: 503 and the like. Sending it again is safe. */
  REJECTED,
  /** It may or may not have been acted on. Sending it again may do it twice. */
  UNKNOWN;

  /**
   * What is known of a request for which the routed client threw this instead of an answer. Where
   * nothing is known for sure it is {@link #UNKNOWN}. A 4xx other than throttling is an answer, for
   * which there is no question.
   */
  public static RequestState of(Throwable failure) {
    if (failure instanceof RegionsUnavailableException it) {
      return it.requestState();
    }
    return failure instanceof PrimaryUnavailableException it
        ? it.requestState()
        : OutcomeClassifier.requestStateOf(failure);
  }
}
