/**
 * The decision which Region serves: evidence, modes, and the probes that are due. Pure: no clock,
 * no thread, no I/O. May use the values of {@code io.github.twinpool.failover} and of core only.
 */
@NullMarked
package io.github.twinpool.failover.internal.machine;

import org.jspecify.annotations.NullMarked;
