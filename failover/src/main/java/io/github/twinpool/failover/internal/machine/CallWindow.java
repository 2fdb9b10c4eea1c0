package io.github.twinpool.failover.internal.machine;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * The calls of the last seconds at one Region: which share failed, which was slow. A resilience4j
 * breaker keeps them, in METRICS_ONLY: it counts, the state machine decides. Times are awake time
 * in nanoseconds.
 */
final class CallWindow {
  private final AwakeClock clock = new AwakeClock();
  private final CircuitBreaker breaker;

  /** The breaker wants an exception for each failure, and keeps none. */
  private final IOException failure = new IOException("a Region failed");

  private long lastFailed = ProbeHistory.NEVER;
  private long lastSlow = ProbeHistory.NEVER;

  CallWindow(String name) {
    CircuitBreakerConfig config =
        CircuitBreakerConfig.custom()
            .slidingWindowType(SlidingWindowType.TIME_BASED)
            .slidingWindowSize(Thresholds.WINDOW_SECONDS)
            .minimumNumberOfCalls(Thresholds.WINDOW_CALLS)
            .slowCallDurationThreshold(Duration.ofNanos(Thresholds.SLOW_CALL))
            .clock(clock)
            .build();
    breaker = CircuitBreaker.of(name, config);
    breaker.transitionToMetricsOnlyState();
  }

  void answered(long took, long now) {
    clock.now = now;
    lastSlow = took >= Thresholds.SLOW_CALL ? now : lastSlow;
    breaker.onSuccess(took, TimeUnit.NANOSECONDS);
  }

  void failed(long took, long now) {
    clock.now = now;
    lastFailed = now;
    lastSlow = took >= Thresholds.SLOW_CALL ? now : lastSlow;
    breaker.onError(took, TimeUnit.NANOSECONDS, failure);
  }

  /** Whether enough calls ended, and too many of them in failure. */
  boolean mostFailed(long now) {
    clock.now = now;
    return holds(lastFailed, now)
        && breaker.getMetrics().getFailureRate() >= Thresholds.WINDOW_PERCENT;
  }

  /** Whether enough calls ended, and too many of them late. */
  boolean mostSlow(long now) {
    clock.now = now;
    return holds(lastSlow, now)
        && breaker.getMetrics().getSlowCallRate() >= Thresholds.WINDOW_PERCENT;
  }

  /** Whether the window can hold what happened then; asked with every call, so it must be cheap. */
  private static boolean holds(long then, long now) {
    return now - then <= TimeUnit.SECONDS.toNanos(Thresholds.WINDOW_SECONDS + 1L);
  }

  void forget() {
    breaker.reset();
    breaker.transitionToMetricsOnlyState();
  }

  private static final class AwakeClock extends Clock {
    private long now;

    @Override
    public Instant instant() {
      return Instant.EPOCH.plusNanos(now);
    }

    @Override
    public long millis() {
      return TimeUnit.NANOSECONDS.toMillis(now);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
