package io.github.twinpool.failover.internal.machine;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * The numbers of the design that users do not set, in nanoseconds or counts. Each stands in {@code
 * docs/defaults.md}.
 */
public final class Thresholds {
  /** A call of this age makes its Region suspect. */
  public static final long SUSPECT_AGE = MILLISECONDS.toNanos(400);

  /** Silence: so many calls older than this, while the probe fails too, mean DOWN. */
  public static final long SILENT_AGE = SECONDS.toNanos(1);

  public static final int SILENT_CALLS = 3;

  /** A probe that has not answered for this long speaks for silence. */
  public static final long SILENT_PROBE = MILLISECONDS.toNanos(500);

  /** Silence with a healthy probe: so many calls older than this mean that sign-in alone hangs. */
  public static final long SILENT_AGE_DESPITE_PROBE = SECONDS.toNanos(3);

  public static final int SILENT_CALLS_DESPITE_PROBE = 5;

  /** So many failures in a row over at least this time mean DOWN. */
  public static final int FAILURES_IN_A_ROW = 5;

  public static final long FAILURES_OVER = SECONDS.toNanos(1);

  /**
   * The share of failed, or of slow, calls in a window of so many seconds and at least so many
   * calls.
   */
  public static final int WINDOW_SECONDS = 10;

  public static final int WINDOW_CALLS = 20;
  public static final float WINDOW_PERCENT = 50;

  /** An answer that took longer is slow: it neither speaks against the Region nor for it. */
  public static final long SLOW_CALL = SECONDS.toNanos(2);

  /** Slow calls mean DOWN only if the other Region answers probes so many times faster. */
  public static final int SLOWER_THAN_OTHER = 2;

  /** Advice from outside that is older than this is no advice. */
  public static final long ADVICE_AGE = SECONDS.toNanos(60);

  /** So many unhealthy reports in a row decide, where advice is followed. */
  static final int ADVICE_TO_FOLLOW = 2;

  /** A probe is given up after this time. */
  public static final long PROBE_TIMEOUT = SECONDS.toNanos(1);

  /** DOWN when so many of the last probes failed. */
  public static final int PROBES_REMEMBERED = 3;

  public static final int PROBES_FAILED = 2;

  /** Suspicion does not probe again what was probed so recently. */
  public static final long PROBE_GAP = MILLISECONDS.toNanos(250);

  /** The secondary takes over only if it has answered within this time. */
  public static final long ANSWERED_WITHIN = SECONDS.toNanos(2);

  /** A secondary that fails so soon after the switch shows that the trouble is local. */
  public static final long LOCAL_TROUBLE = SECONDS.toNanos(3);

  /** A gap between ticks above this is a pause of this process, and is not counted as time. */
  public static final long TICK_GAP = MILLISECONDS.toNanos(300);

  /** Real answers that a failback step needs from the primary. */
  static final int ANSWERS_PER_STEP = 5;

  /** While both Regions are down: attempt time-out, and calls in flight per Region. */
  public static final long BOTH_DOWN_ATTEMPT = SECONDS.toNanos(1);

  public static final int BOTH_DOWN_IN_FLIGHT = 32;

  /** While the primary is down, so often a primary-only call may be let through to try it. */
  static final long PRIMARY_TRIAL = SECONDS.toNanos(1);

  private Thresholds() {}
}
