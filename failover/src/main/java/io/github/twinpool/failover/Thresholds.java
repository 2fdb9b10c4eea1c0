package io.github.twinpool.failover;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * The numbers of the design that users do not set, in nanoseconds or counts. Each stands in {@code
 * docs/defaults.md}.
 */
final class Thresholds {
  /** A call of this age makes its Region suspect. */
  static final long SUSPECT_AGE = MILLISECONDS.toNanos(400);

  /** Silence: so many calls older than this, while the probe fails too, mean DOWN. */
  static final long SILENT_AGE = SECONDS.toNanos(1);

  static final int SILENT_CALLS = 3;

  /** A probe that has not answered for this long speaks for silence. */
  static final long SILENT_PROBE = MILLISECONDS.toNanos(500);

  /** Silence with a healthy probe: so many calls older than this mean that sign-in alone hangs. */
  static final long SILENT_AGE_DESPITE_PROBE = SECONDS.toNanos(3);

  static final int SILENT_CALLS_DESPITE_PROBE = 5;

  /** So many failures in a row over at least this time mean DOWN. */
  static final int FAILURES_IN_A_ROW = 5;

  static final long FAILURES_OVER = SECONDS.toNanos(1);

  /** A probe is given up after this time. */
  static final long PROBE_TIMEOUT = SECONDS.toNanos(1);

  /** DOWN when so many of the last probes failed. */
  static final int PROBES_REMEMBERED = 3;

  static final int PROBES_FAILED = 2;

  /** Suspicion does not probe again what was probed so recently. */
  static final long PROBE_GAP = MILLISECONDS.toNanos(250);

  /** The secondary takes over only if it has answered within this time. */
  static final long ANSWERED_WITHIN = SECONDS.toNanos(2);

  /** A secondary that fails so soon after the switch shows that the trouble is local. */
  static final long LOCAL_TROUBLE = SECONDS.toNanos(3);

  /** A gap between ticks above this is a pause of this process, and is not counted as time. */
  static final long TICK_GAP = MILLISECONDS.toNanos(300);

  /** Real answers that a failback step needs from the primary. */
  static final int ANSWERS_PER_STEP = 5;

  /** While both Regions are down: attempt time-out, and calls in flight per Region. */
  static final long BOTH_DOWN_ATTEMPT = SECONDS.toNanos(1);

  static final int BOTH_DOWN_IN_FLIGHT = 32;

  /** While the primary is down, so often a primary-only call may be let through to try it. */
  static final long PRIMARY_TRIAL = SECONDS.toNanos(1);

  private Thresholds() {}
}
