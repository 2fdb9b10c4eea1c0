package io.github.twinpool.houserules.bad.internal;

/** Good: what is internal in core is for all modules of ours. */
public final class Shared {
  private Shared() {}
}
