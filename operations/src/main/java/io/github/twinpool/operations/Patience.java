package io.github.twinpool.operations;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits for AWS.
 *
 * @param interval between two looks
 * @param limit how long at most
 * @param settle until what was just made is surely seen by those who look for it
 * @param nanoTime elapsed time
 * @param pause how to let time pass
 */
record Patience(
    Duration interval, Duration limit, Duration settle, LongSupplier nanoTime, Pause pause) {

  /** Lets time pass. */
  interface Pause {
    void pause(Duration duration) throws InterruptedException;
  }

  /** Lets what was just made, perhaps by a run that was killed, be seen. */
  void settleDown() {
    sleep(settle);
  }

  /**
   * Looks until what is seen is good.
   *
   * @param waiting is told what is seen and how long it has been, before each pause; an exception
   *     of it is logged
   * @return what was seen last, which is not good if it has taken longer than the limit
   */
  <T> T until(Supplier<T> look, Predicate<T> good, BiConsumer<T, Duration> waiting) {
    long start = nanoTime.getAsLong();
    while (true) {
      T seen = look.get();
      Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - start);
      if (good.test(seen) || elapsed.compareTo(limit) > 0) {
        return seen;
      }
      Hearing.tell(() -> waiting.accept(seen, elapsed));
      sleep(interval);
    }
  }

  private void sleep(Duration duration) {
    try {
      pause.pause(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted; run it again to go on");
    }
  }
}
