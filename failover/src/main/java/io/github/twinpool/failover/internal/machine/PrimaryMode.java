package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverMode;
import org.jspecify.annotations.Nullable;

/**
 * The primary serves. It is left when it is down, or when advice that is followed says so, and the
 * secondary is known to answer.
 */
record PrimaryMode(long since) implements Mode {
  @Override
  public @Nullable Move next(Outlook outlook) {
    if (!outlook.leavePrimary() || !outlook.secondaryReady()) {
      return null;
    }
    long dwell = outlook.pacing().dwellAfterServing(outlook.now() - since);
    return new Move(new SecondaryMode(outlook.now(), dwell, this), outlook.whyLeave());
  }

  @Override
  public FailoverMode name() {
    return FailoverMode.PRIMARY;
  }

  @Override
  public RegionRole serving() {
    return RegionRole.PRIMARY;
  }
}
