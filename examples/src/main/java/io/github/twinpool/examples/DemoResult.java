package io.github.twinpool.examples;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * All that a run of the demo has to tell.
 *
 * @param contenders their names, in the order in which they are shown
 * @param shortened what waits less here than it would in production
 * @param machine where it ran
 */
record DemoResult(
    DemoPlan plan,
    List<String> contenders,
    List<Sample> samples,
    History history,
    List<DemoResult.Shortened> shortened,
    String machine) {

  /** The operations that either Region serves, and which must therefore outlive an outage. */
  static final Set<Operation> EITHER_REGION = Set.of(Operation.SIGN_IN, Operation.REFRESH);

  /** How many calls were answered of those that were due. */
  record Served(int answered, int due) {
    @Override
    public String toString() {
      return answered + " of " + due;
    }
  }

  /** A wait that is shorter in the demo. */
  record Shortened(String what, Duration usually, Duration here) {}

  private static final long LATE_NANOS = LatencyStats.LATE.toNanos();

  DemoResult {
    contenders = List.copyOf(contenders);
    samples = List.copyOf(samples);
    shortened = List.copyOf(shortened);
  }

  LatencyStats stats(String contender, Phase phase, Operation operation) {
    return LatencyStats.of(
        samples.stream()
            .filter(sample -> sample.contender().equals(contender))
            .filter(sample -> sample.phase() == phase && sample.operation() == operation)
            .toList());
  }

  /** One client's calls of some operations in all phases. */
  LatencyStats stats(String contender, Set<Operation> operations) {
    return LatencyStats.of(
        samples.stream()
            .filter(sample -> sample.contender().equals(contender))
            .filter(sample -> operations.contains(sample.operation()))
            .toList());
  }

  /**
   * How many of one client's sign-ins and refreshes were answered before the outage ended. Those
   * that were due shortly before its end do not count: they may well have been on their way.
   */
  Served servedInOutage(String contender) {
    List<Sample> due =
        samples.stream()
            .filter(sample -> sample.contender().equals(contender))
            .filter(sample -> EITHER_REGION.contains(sample.operation()))
            .filter(sample -> sample.phase() == Phase.OUTAGE)
            .filter(sample -> sample.dueNanos() < history.outageEndedNanos() - LATE_NANOS)
            .toList();
    return new Served((int) due.stream().filter(this::answeredInOutage).count(), due.size());
  }

  private boolean answeredInOutage(Sample sample) {
    return sample.outcome() == Outcome.OK
        && sample.dueNanos() + sample.waitedNanos() <= history.outageEndedNanos();
  }

  /** What one client's refused or failed calls of an operation said, most frequent first. */
  List<String> problems(String contender, Operation operation, Outcome outcome) {
    return samples.stream()
        .filter(sample -> sample.contender().equals(contender))
        .filter(sample -> sample.operation() == operation && sample.outcome() == outcome)
        .map(Sample::problem)
        .distinct()
        .toList();
  }
}
