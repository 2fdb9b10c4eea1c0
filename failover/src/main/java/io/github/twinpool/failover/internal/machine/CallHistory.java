package io.github.twinpool.failover.internal.machine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The calls that one Region was sent, and what they say by themselves. Times are awake time. */
final class CallHistory {
  private final CallsInFlight inFlight = new CallsInFlight();
  private final FailureRun failures = new FailureRun();
  private final CallWindow window;
  private long lastAnswer = ProbeHistory.NEVER;
  private long lastPromptAnswer = ProbeHistory.NEVER;

  CallHistory(String name) {
    window = new CallWindow(name);
  }

  void started(long id, long now) {
    inFlight.started(id, now);
  }

  /** Ends a call; the result is how long it took. */
  long ended(long id, long now) {
    return inFlight.ended(id, now);
  }

  /** The result is whether the answer came in time to be a sign of health. */
  boolean answered(long took, long now) {
    window.answered(took, now);
    failures.end();
    lastAnswer = now;
    boolean prompt = took <= Thresholds.SLOW_CALL;
    lastPromptAnswer = prompt ? now : lastPromptAnswer;
    return prompt;
  }

  void failed(long took, long now) {
    window.failed(took, now);
    failures.failed(took, now);
  }

  /** An outage is over: its failures must not count towards the next. */
  void forget() {
    failures.end();
    window.forget();
  }

  /** Why the failures alone mean DOWN, or null if they do not. */
  @Nullable String outage(long now) {
    if (failures.isOutage()) {
      return failures.count() + " calls in a row failed";
    }
    return window.mostFailed(now) ? "most of the last calls failed" : null;
  }

  /** Whether calls hang: an outage, if the probe is not answered either. */
  boolean silent(long now) {
    return inFlight.ofAge(Thresholds.SILENT_AGE, lastAnswer, now) >= Thresholds.SILENT_CALLS;
  }

  /** Whether calls hang for so long that the probe's answer does not matter. */
  boolean silentDespiteProbe(long now) {
    return inFlight.ofAge(Thresholds.SILENT_AGE_DESPITE_PROBE, lastAnswer, now)
        >= Thresholds.SILENT_CALLS_DESPITE_PROBE;
  }

  boolean mostSlow(long now) {
    return window.mostSlow(now);
  }

  boolean callIsSlow(long now) {
    return inFlight.oldest(now) >= Thresholds.SUSPECT_AGE;
  }

  int inFlight() {
    return inFlight.count();
  }

  Duration oldest(long now) {
    return Duration.ofNanos(inFlight.oldest(now));
  }

  int failuresInARow() {
    return failures.count();
  }

  long lastFailure() {
    return failures.last();
  }

  /** When the call began that failed, the latest of all. */
  long lastFailedStart() {
    return failures.lastStart();
  }

  long lastAnswer() {
    return lastAnswer;
  }

  /** The last answer that was not slow. */
  long lastPromptAnswer() {
    return lastPromptAnswer;
  }
}
