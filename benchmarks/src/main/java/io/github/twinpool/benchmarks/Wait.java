package io.github.twinpool.benchmarks;

/**
 * One call.
 *
 * @param dueNanos when it was due, from the beginning of the fault
 * @param waitedNanos from then until its end, or until the benchmark lost its patience
 */
record Wait(
    String contestant,
    int callsPerSecond,
    CallKind kind,
    long dueNanos,
    long waitedNanos,
    boolean failed) {}
