package io.github.twinpool.operations;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a listener, on the thread of the run. The contract of all listeners of this package: what
 * one throws is logged, and the run goes on.
 */
final class Hearing {
  private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);

  private Hearing() {}

  static void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      LOG.warn("A listener failed; the run goes on", e);
    }
  }
}
