package io.github.twinpool.failover.internal.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.failover.FailoverListener;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whatever hinders that listeners are told, no call fails of it. */
class ListenersTest {
  private final AtomicInteger told = new AtomicInteger();

  /** Strangers may have taken all threads of the machine, for a while. */
  @Test
  void a_machine_without_a_thread_to_spare_costs_an_event_and_no_more() {
    AtomicBoolean noThread = new AtomicBoolean(true);
    ExecutorService one =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(10),
            task -> {
              if (noThread.get()) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              return new Thread(task, "listener");
            });
    try (Listeners listeners =
        new Listeners(List.of(new FailoverListener() {}), System::nanoTime, one)) {
      listeners.tell(listener -> told.incrementAndGet());
      noThread.set(false);
      listeners.tell(listener -> told.addAndGet(10));
      await().until(() -> told.get() == 10);
    }
    assertThat(told).hasValue(10);
  }
}
