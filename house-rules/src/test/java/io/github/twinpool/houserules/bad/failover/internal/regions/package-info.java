/** A room. */
@NullMarked
package io.github.twinpool.houserules.bad.failover.internal.regions;

import org.jspecify.annotations.NullMarked;
