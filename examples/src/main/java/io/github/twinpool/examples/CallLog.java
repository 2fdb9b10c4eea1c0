package io.github.twinpool.examples;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Keeps every call from the moment it was due. Safe for use by many threads. */
final class CallLog {
  /** A call that has not ended. Two calls are the same only if they are one object. */
  static final class Call {
    private final String contender;
    private final Operation operation;
    private final Phase phase;
    private final long dueNanos;

    private Call(String contender, Operation operation, Phase phase, long dueNanos) {
      this.contender = contender;
      this.operation = operation;
      this.phase = phase;
      this.dueNanos = dueNanos;
    }

    private Sample ended(long nowNanos, Outcome outcome, String problem) {
      long waited = nowNanos - dueNanos;
      return new Sample(contender, operation, phase, dueNanos, waited, outcome, problem);
    }
  }

  private final Set<Call> waiting = new LinkedHashSet<>();
  private final List<Sample> ended = new ArrayList<>();

  synchronized Call begin(String contender, Operation operation, Phase phase, long dueNanos) {
    Call call = new Call(contender, operation, phase, dueNanos);
    waiting.add(call);
    return call;
  }

  /** Does nothing for a call that was cut off. */
  synchronized void end(Call call, long nowNanos, Outcome outcome, String problem) {
    if (waiting.remove(call)) {
      ended.add(call.ended(nowNanos, outcome, problem));
    }
  }

  /** Ends all calls that still wait as {@link Outcome#HANGING}. */
  synchronized void cutOff(long nowNanos) {
    waiting.forEach(call -> ended.add(call.ended(nowNanos, Outcome.HANGING, "")));
    waiting.clear();
  }

  /** The calls that have ended, in the order in which they did. */
  synchronized List<Sample> ended() {
    return List.copyOf(ended);
  }

  /** The calls that have not ended, as if they were cut off now. */
  synchronized List<Sample> waiting(long nowNanos) {
    return waiting.stream().map(call -> call.ended(nowNanos, Outcome.HANGING, "")).toList();
  }
}
