/**
 * One call: what its request asks for, the loop over the Regions, what an outcome means,
 * conversations, hedging, revocations. May use {@code internal.machine} and {@code
 * internal.regions}.
 */
@NullMarked
package io.github.twinpool.failover.internal.calls;

import org.jspecify.annotations.NullMarked;
