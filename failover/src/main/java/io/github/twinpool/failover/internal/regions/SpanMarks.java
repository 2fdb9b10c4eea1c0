package io.github.twinpool.failover.internal.regions;

/** Says on the span of an attempt which attempt of a call it is. */
interface SpanMarks {
  void mark(HttpAttempt attempt);
}
