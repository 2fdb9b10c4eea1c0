package io.github.twinpool.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * An open load: every call is sent when it is due, whatever became of those before it, and waits
 * from then on. A client that hangs cannot hide its waits behind calls that were never made.
 */
final class OpenLoad implements AutoCloseable {
  private static final List<CallKind> KINDS = List.of(CallKind.values());

  private final LongSupplier nanoTime;
  private final long faultNanos;
  private final ConcurrentLinkedQueue<Wait> ended = new ConcurrentLinkedQueue<>();
  private final ConcurrentHashMap<Object, Wait> underWay = new ConcurrentHashMap<>();
  private final ExecutorService callers =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "benchmark-caller");
            thread.setDaemon(true);
            return thread;
          });
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

  /**
   * @param faultNanos when the fault begins: what is due before only warms up
   */
  OpenLoad(LongSupplier nanoTime, long faultNanos) {
    this.nanoTime = nanoTime;
    this.faultNanos = faultNanos;
  }

  void begin(Contestant contestant, int callsPerSecond) {
    long begin = nanoTime.getAsLong();
    long period = TimeUnit.SECONDS.toNanos(1) / callsPerSecond;
    int[] number = {0};
    timer.scheduleAtFixedRate(
        () -> {
          int at = number[0]++;
          CallKind kind = KINDS.get(at % KINDS.size());
          long due = begin + at * period;
          callers.execute(() -> call(contestant, callsPerSecond, kind, due));
        },
        0,
        period,
        TimeUnit.NANOSECONDS);
  }

  private void call(Contestant contestant, int callsPerSecond, CallKind kind, long due) {
    Object key = new Object();
    underWay.put(key, new Wait(contestant.name(), callsPerSecond, kind, due - faultNanos, 0, true));
    boolean failed = false;
    try {
      contestant.call(kind);
    } catch (RuntimeException e) {
      failed = true;
    }
    long waited = nanoTime.getAsLong() - due;
    if (underWay.remove(key) != null) {
      ended.add(
          new Wait(contestant.name(), callsPerSecond, kind, due - faultNanos, waited, failed));
    }
  }

  /** Ends the load; calls under way may still end. */
  void stop() throws InterruptedException {
    timer.shutdownNow();
    if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the load does not stop");
    }
  }

  boolean idle() {
    return underWay.isEmpty();
  }

  /** All calls that were due during the fault; those still under way count as failed. */
  List<Wait> waits() {
    List<Wait> all = new ArrayList<>(ended);
    long now = nanoTime.getAsLong() - faultNanos;
    for (Object key : underWay.keySet()) {
      Wait it = underWay.remove(key);
      if (it != null) {
        all.add(
            new Wait(
                it.contestant(),
                it.callsPerSecond(),
                it.kind(),
                it.dueNanos(),
                now - it.dueNanos(),
                true));
      }
    }
    return all.stream().filter(it -> it.dueNanos() >= 0).toList();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    callers.shutdownNow();
  }
}
