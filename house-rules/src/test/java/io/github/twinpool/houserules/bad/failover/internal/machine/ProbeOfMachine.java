package io.github.twinpool.houserules.bad.failover.internal.machine;

/** An enum that regions may need. */
public enum ProbeOfMachine {
  KEYS
}
