package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverMode;
import org.jspecify.annotations.Nullable;

/**
 * One mode of the state machine, immutable. It decides by the evidence alone what comes next. Times
 * are awake time in nanoseconds.
 */
public sealed interface Mode permits PrimaryMode, SecondaryMode, FailbackMode, OverrideMode {

  /** The next mode and why, or null to stay. Asked only while not both Regions are down. */
  @Nullable Move next(Outlook outlook);

  FailoverMode name();

  /** Since when this mode lasts. */
  long since();

  /** The Region that serves what either Region could serve. */
  RegionRole serving();

  /** A change of mode that the evidence asks for. */
  record Move(Mode to, String reason) {}
}
