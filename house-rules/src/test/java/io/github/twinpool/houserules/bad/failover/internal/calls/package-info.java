/** A room. */
@NullMarked
package io.github.twinpool.houserules.bad.failover.internal.calls;

import org.jspecify.annotations.NullMarked;
