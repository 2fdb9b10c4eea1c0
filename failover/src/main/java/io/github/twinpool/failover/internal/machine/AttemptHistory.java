package io.github.twinpool.failover.internal.machine;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that one Region was sent, and what they say by themselves. Times are awake time in
 * nanoseconds.
 */
final class AttemptHistory {
  /** When each attempt began that has not ended, the oldest first. */
  private final Map<Long, Long> startedAt = new LinkedHashMap<>();

  private final AttemptWindow window;
  private long lastAnswer = ProbeHistory.NEVER;
  private long lastPromptAnswer = ProbeHistory.NEVER;

  // Failures without an answer between them.
  private int failuresInARow;
  private long firstFailure = ProbeHistory.NEVER;
  private long lastFailure = ProbeHistory.NEVER;
  private long lastFailedStart = ProbeHistory.NEVER;

  AttemptHistory(String name) {
    window = new AttemptWindow(name);
  }

  // ---- events

  void started(long id, long now) {
    startedAt.put(id, now);
  }

  /** Ends an attempt; the result is how long it took, 0 if it is not known here. */
  long ended(long id, long now) {
    Long start = startedAt.remove(id);
    return start == null ? 0 : now - start;
  }

  /** The result is whether the answer came in time to be a sign of health. */
  boolean answered(long took, long now) {
    window.answered(took, now);
    failuresInARow = 0;
    lastAnswer = now;
    boolean prompt = took <= Thresholds.SLOW_CALL;
    lastPromptAnswer = prompt ? now : lastPromptAnswer;
    return prompt;
  }

  void failed(long took, long now) {
    window.failed(took, now);
    if (failuresInARow++ == 0) {
      firstFailure = now;
    }
    lastFailure = now;
    lastFailedStart = Math.max(lastFailedStart, now - took);
  }

  /** An outage is over: its failures must not count towards the next. */
  void forget() {
    failuresInARow = 0;
    window.forget();
  }

  // ---- what follows

  /** Why the failures alone mean DOWN, or null if they do not. */
  @Nullable String outage(long now) {
    // Enough of them, and not just of one moment.
    if (failuresInARow >= Thresholds.FAILURES_IN_A_ROW
        && lastFailure - firstFailure >= Thresholds.FAILURES_OVER) {
      return failuresInARow + " calls in a row failed";
    }
    return window.mostFailed(now) ? "most of the last calls failed" : null;
  }

  /** Whether attempts hang: an outage, if the probe is not answered either. */
  boolean silent(long now) {
    return unanswered(Thresholds.SILENT_AGE, now) >= Thresholds.SILENT_CALLS;
  }

  /** Whether attempts hang for so long that the probe's answer does not matter. */
  boolean silentDespiteProbe(long now) {
    return unanswered(Thresholds.SILENT_AGE_DESPITE_PROBE, now)
        >= Thresholds.SILENT_CALLS_DESPITE_PROBE;
  }

  /** How many attempts of at least this age began after the last answer. */
  private int unanswered(long age, long now) {
    int count = 0;
    for (long start : startedAt.values()) {
      if (now - start < age) {
        break;
      }
      if (start > lastAnswer) {
        count++;
      }
    }
    return count;
  }

  boolean mostSlow(long now) {
    return window.mostSlow(now);
  }

  boolean oneIsSlow(long now) {
    return oldestAge(now) >= Thresholds.SUSPECT_AGE;
  }

  int inFlight() {
    return startedAt.size();
  }

  Duration oldest(long now) {
    return Duration.ofNanos(oldestAge(now));
  }

  private long oldestAge(long now) {
    for (long start : startedAt.values()) {
      return now - start;
    }
    return 0;
  }

  int failuresInARow() {
    return failuresInARow;
  }

  long lastFailure() {
    return lastFailure;
  }

  /** When the attempt began that failed, the latest of all. */
  long lastFailedStart() {
    return lastFailedStart;
  }

  long lastAnswer() {
    return lastAnswer;
  }

  /** The last answer that was not slow. */
  long lastPromptAnswer() {
    return lastPromptAnswer;
  }

  /**
   * The calls of the last seconds at one Region: which share failed, which was slow. A resilience4j
   * breaker keeps them, in METRICS_ONLY: it counts, the state machine decides. Times are awake time
   * in nanoseconds.
   */
  private static final class AttemptWindow {
    private final AwakeClock clock = new AwakeClock();
    private final CircuitBreaker breaker;

    /** The breaker takes an exception for each failure, and keeps none. */
    private final Exception failure = new IllegalStateException("a Region failed");

    private long lastFailed = ProbeHistory.NEVER;
    private long lastSlow = ProbeHistory.NEVER;

    AttemptWindow(String name) {
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

    /**
     * Whether the window can hold what happened then; asked with every call, so it must be cheap.
     */
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
}
