package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverMode;
import org.jspecify.annotations.Nullable;

/**
 * A person has decided, until this time.
 *
 * @param serving the Region they chose
 * @param strict whether single calls stay there even when they fail
 * @param until when the decision ends, in monotonic time: pauses count
 */
record OverrideMode(long since, RegionRole serving, boolean strict, long until) implements Mode {
  @Override
  public @Nullable Move next(Outlook outlook) {
    return null;
  }

  /** What the evidence makes of the situation when the decision has ended. */
  Move ended(Outlook outlook) {
    String reason = "the override ended";
    if (serving == RegionRole.PRIMARY || outlook.secondaryUseless()) {
      return new Move(new PrimaryMode(outlook.now()), reason);
    }
    long dwell = outlook.pacing().nextDwell();
    return outlook.primaryUp()
        ? new Move(FailbackMode.begin(outlook, dwell), reason)
        : new Move(new SecondaryMode(outlook.now(), dwell, new PrimaryMode(outlook.now())), reason);
  }

  @Override
  public FailoverMode name() {
    return FailoverMode.OVERRIDE;
  }
}
