package io.github.twinpool.examples;

/**
 * Where a call stands in the chart: time to the right, its wait upwards by powers of ten.
 *
 * @param left the x of time zero
 * @param width of the whole time
 * @param endedNanos the whole time
 * @param lowest the power of ten, in nanoseconds, at the foot of a panel
 * @param highest the power of ten at its top
 */
record ChartScale(double left, double width, long endedNanos, int lowest, int highest) {
  private static final int MILLISECOND = 6;
  private static final int SECOND = 9;

  /** A scale that shows all these calls, and at least a millisecond to a second. */
  static ChartScale of(DemoResult result, double left, double width) {
    long[] waits =
        result.samples().stream()
            .filter(sample -> SummaryTable.SHOWN.contains(sample.operation()))
            .mapToLong(Sample::waitedNanos)
            .sorted()
            .toArray();
    int lowest = MILLISECOND;
    int highest = SECOND;
    if (waits.length > 0) {
      lowest = Math.min(lowest, (int) Math.floor(power(waits[0])));
      highest = Math.max(highest, (int) Math.ceil(power(waits[waits.length - 1])));
    }
    long ended = Math.max(1, result.history().endedNanos());
    return new ChartScale(left, width, ended, Math.max(lowest, MILLISECOND - 1), highest);
  }

  double x(long nanos) {
    return left + width * nanos / endedNanos;
  }

  /** The y of a wait in a panel; what is below the scale stands at its foot. */
  double y(long waitedNanos, double top, double height) {
    double share = (power(waitedNanos) - lowest) / (highest - lowest);
    return top + height * (1 - Math.min(1, Math.max(0, share)));
  }

  /** Seconds between two marks of the time axis, for about a dozen marks. */
  int secondsPerMark() {
    int[] steps = {1, 2, 5, 10, 20, 30, 60, 120, 300};
    for (int step : steps) {
      if (endedNanos / (step * 1_000_000_000L) <= 14) {
        return step;
      }
    }
    return 600;
  }

  private static double power(long nanos) {
    return Math.log10((double) Math.max(1, nanos));
  }
}
