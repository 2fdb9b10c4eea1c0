package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.UserPool;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Lets calls in: no more at once than are allowed, and none once the client is closed. */
final class CallGate {
  private final UserPool pool;
  private final GuardedFailover failover;
  private final OutcomeClassifier classifier;
  private final int most;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean closed;

  /**
   * @param most how many calls may be in flight
   */
  CallGate(UserPool pool, GuardedFailover failover, int most) {
    this.pool = pool;
    this.failover = failover;
    this.classifier = new OutcomeClassifier(pool.id());
    this.most = most;
  }

  /**
   * Decides where a call may go. Whoever enters must {@linkplain #leave() leave}.
   *
   * @throws SdkClientException if it is not let in
   */
  Call enter(PreparedCall prepared) {
    if (closed) {
      throw SdkClientException.create("This client is closed");
    }
    if (calls.incrementAndGet() > most) {
      calls.decrementAndGet();
      throw SdkClientException.create("Too many calls in flight: limit " + most);
    }
    try {
      return new Call(pool, failover, classifier, prepared);
    } catch (Throwable e) {
      leave();
      throw e;
    }
  }

  void leave() {
    calls.decrementAndGet();
  }

  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }
}
