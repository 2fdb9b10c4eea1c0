package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.internal.concurrent.TwinpoolThreads;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that lets time pass: it ends what has become too old, and survives whatever it
 * meets.
 */
final class Heartbeat implements AutoCloseable {
  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.twinpool.failover.MultiRegionCognito");
  private static final long PERIOD_MILLIS = 50;

  private final ScheduledThreadPoolExecutor timer;

  Heartbeat() {
    timer = new ScheduledThreadPoolExecutor(1, TwinpoolThreads.factory("twinpool-heartbeat"));
    timer.setRemoveOnCancelPolicy(true);
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  void start(Runnable tick) {
    Runnable guarded =
        () -> {
          try {
            tick.run();
          } catch (Throwable e) {
            // A task that throws is never run again, and with it all failover would end.
            LOG.error("The failover's heartbeat has failed; it goes on", e);
          }
        };
    timer.scheduleWithFixedDelay(guarded, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
