package io.github.twinpool.failover.internal.machine;

import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverMode;
import org.jspecify.annotations.Nullable;

/**
 * The secondary serves.
 *
 * @param dwell how long the primary must be healthy before the failback begins
 * @param before the mode to return to if the switch turns out to have been a mistake
 */
record SecondaryMode(long since, long dwell, Mode before) implements Mode {
  @Override
  public @Nullable Move next(Outlook outlook) {
    if (outlook.secondaryUseless() && outlook.primaryUp()) {
      return new Move(new PrimaryMode(outlook.now()), outlook.why(outlook.secondary()));
    }
    // After followed advice the primary may have been healthy all along.
    long healthyHere = Math.min(outlook.primaryHealthyFor(), outlook.now() - since);
    if (healthyHere >= dwell) {
      return new Move(
          FailbackMode.begin(outlook, dwell), "the primary has been healthy for the dwell");
    }
    return null;
  }

  /** Both Regions failed within moments: not they, but what lies between them and us. */
  @Nullable Move nextWhileBothDown(Outlook outlook) {
    if (outlook.secondaryDown() && outlook.now() - since <= Thresholds.LOCAL_TROUBLE) {
      outlook.pacing().takeBack();
      return new Move(before, "the secondary failed right after the switch: the trouble is local");
    }
    return null;
  }

  @Override
  public FailoverMode name() {
    return FailoverMode.SECONDARY;
  }

  @Override
  public RegionRole serving() {
    return RegionRole.SECONDARY;
  }
}
