package io.github.twinpool.examples;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows the progress again and again until it is stopped. */
final class LiveWatch {
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(new Daemons("outage-demo-watch"));
  private final LiveView view;
  private final Supplier<Progress> progress;
  private final Future<?> looks;

  LiveWatch(LiveView view, Supplier<Progress> progress) {
    this.view = view;
    this.progress = progress;
    long period = view.periodMillis();
    looks =
        watch.scheduleAtFixedRate(
            () -> view.show(progress.get()), period, period, TimeUnit.MILLISECONDS);
  }

  /** Stops looking, and shows the end. */
  void stop() throws InterruptedException {
    looks.cancel(false);
    watch.shutdown();
    if (!watch.awaitTermination(5, TimeUnit.SECONDS)) {
      watch.shutdownNow();
    }
    view.show(progress.get());
  }
}
