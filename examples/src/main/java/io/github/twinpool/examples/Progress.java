package io.github.twinpool.examples;

import io.github.twinpool.failover.FailoverMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the run stands: what the live views show.
 *
 * @param calls all sign-ins and refreshes so far, with those that wait as {@link Outcome#HANGING}
 */
record Progress(
    long elapsedNanos,
    Phase phase,
    FailoverMode mode,
    List<String> contenders,
    List<Sample> calls) {
  private static final long SECOND = 1_000_000_000L;

  /** What a log holds at a point in time. */
  static Progress of(
      long elapsedNanos, Phase phase, FailoverMode mode, List<String> contenders, CallLog log) {
    List<Sample> calls = new ArrayList<>(log.ended());
    calls.addAll(log.waiting(elapsedNanos));
    calls.removeIf(call -> !DemoResult.EITHER_REGION.contains(call.operation()));
    return new Progress(elapsedNanos, phase, mode, contenders, calls);
  }

  int count(String contender, Outcome outcome) {
    return (int) of(contender).stream().filter(call -> call.outcome() == outcome).count();
  }

  List<Sample> of(String contender) {
    return calls.stream().filter(call -> call.contender().equals(contender)).toList();
  }

  /** The calls that were due in each second since the start. */
  List<List<Sample>> bySecond(String contender) {
    List<List<Sample>> seconds = new ArrayList<>();
    for (long second = 0; second * SECOND <= elapsedNanos; second++) {
      seconds.add(new ArrayList<>());
    }
    for (Sample call : of(contender)) {
      int second = (int) (call.dueNanos() / SECOND);
      if (second < seconds.size()) {
        seconds.get(second).add(call);
      }
    }
    return seconds;
  }
}
