package io.github.twinpool.examples;

/**
 * One call and what became of it.
 *
 * @param contender the name of the client that made it
 * @param phase the phase in which it was due
 * @param dueNanos when it was due, counted from the start of the load
 * @param waitedNanos from then until the caller had an answer or a failure. A call that was sent
 *     late has waited since it was due: that is what its user saw.
 * @param problem why it failed or was refused; empty if it did not
 */
record Sample(
    String contender,
    Operation operation,
    Phase phase,
    long dueNanos,
    long waitedNanos,
    Outcome outcome,
    String problem) {}
