/**
 * What touches the AWS SDK and the network: the clients of each Region, aborts, name look-ups,
 * probes, retries inside a Region. Of {@code internal.machine} it may use the enums of probes only.
 */
@NullMarked
package io.github.twinpool.failover.internal.regions;

import org.jspecify.annotations.NullMarked;
