/**
 * {@link io.github.twinpool.operations.Route53HealthSignal} is the entry for now: it lets SDK calls
 * follow the Route 53 health check that the pool's domain follows. Set-up and what operators
 * rehearse an outage with are to come.
 */
@NullMarked
package io.github.twinpool.operations;

import org.jspecify.annotations.NullMarked;
