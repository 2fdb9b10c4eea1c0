package io.github.twinpool.signin;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

/** The time limits of requests, which a test can let pass at once instead of waiting for them. */
final class TestLimits implements DomainHttp.TimeLimit {
  private final List<CompletableFuture<?>> underWay = new CopyOnWriteArrayList<>();

  @Override
  public void applyTo(CompletableFuture<?> work, Duration limit) {
    underWay.removeIf(CompletableFuture::isDone);
    underWay.add(work);
    SYSTEM.applyTo(work, limit);
  }

  /** The time of the requests that are under way is over; there is one, or will be soon. */
  void pass() {
    await().until(() -> underWay.stream().anyMatch(it -> !it.isDone()));
    underWay.forEach(it -> it.completeExceptionally(new TimeoutException()));
  }
}
