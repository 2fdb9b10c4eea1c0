package io.github.twinpool.signin;

import java.time.InstantSource;

/** Lets tests of other packages set the time by what the builder has for its own tests. */
public final class Clocks {
  private Clocks() {}

  public static void set(MachineTokensBuilder builder, InstantSource clock) {
    builder.clock(clock);
  }
}
