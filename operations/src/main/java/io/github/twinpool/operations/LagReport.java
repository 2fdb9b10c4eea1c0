package io.github.twinpool.operations;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a {@link ReplicationLagMeter} measured. Immutable. */
public final class LagReport {
  private final List<Duration> sorted;
  private final int lost;
  private final Duration patience;

  LagReport(List<Duration> lags, int lost, Duration patience) {
    sorted = lags.stream().sorted().toList();
    this.lost = lost;
    this.patience = patience;
  }

  /** How many markers arrived. */
  public int arrived() {
    return sorted.size();
  }

  /** How many did not within the patience. */
  public int lost() {
    return lost;
  }

  /**
   * The lag that a share of the markers that arrived did not exceed; empty if none did.
   *
   * @param percent 1 to 100
   */
  public Optional<Duration> percentile(int percent) {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException("percent " + percent + ": wants 1 to 100");
    }
    return sorted.isEmpty()
        ? Optional.empty()
        : Optional.of(sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1));
  }

  @Override
  public String toString() {
    return "lag p50 "
        + millis(50)
        + ", p90 "
        + millis(90)
        + ", most "
        + millis(100)
        + "; "
        + arrived()
        + " markers arrived, "
        + lost
        + " did not within "
        + patience.toSeconds()
        + " s";
  }

  private String millis(int percent) {
    return percentile(percent).map(it -> it.toMillis() + " ms").orElse("-");
  }
}
