package io.github.twinpool.operations;

import java.time.Instant;

/**
 * The intended end of a fleet drill.
 *
 * @param inverted how the check was before, and will be again
 * @param pid the process that drills
 * @param started when that process was started, or 0 if the system does not tell: IDs of processes
 *     are used again
 */
record DrillEntry(
    String poolId,
    String healthCheckId,
    boolean inverted,
    Instant begins,
    Instant ends,
    long pid,
    long started) {

  /** Whether the process that wrote this is gone, or should have ended the drill by now. */
  boolean isLeft(Instant now) {
    return now.isAfter(ends)
        || ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .filter(process -> startOf(process) == started)
            .isEmpty();
  }

  static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
