package io.github.twinpool.spring;

import io.github.twinpool.failover.Transition;

/**
 * Is published as an application event when the failover mode has changed. Listeners are called by
 * a thread of Twinpool's, one event after the other.
 *
 * @param transition from which mode to which, and why
 */
public record TwinpoolTransitionEvent(Transition transition) {}
