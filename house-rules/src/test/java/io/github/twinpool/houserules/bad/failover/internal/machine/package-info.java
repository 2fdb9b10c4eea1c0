/** A room. */
@NullMarked
package io.github.twinpool.houserules.bad.failover.internal.machine;

import org.jspecify.annotations.NullMarked;
