/**
 * One entry for each job of an operator: {@link io.github.twinpool.operations.ReplicationSetup}
 * sets replication up, {@link io.github.twinpool.operations.ReplicationDoctor} says what would
 * hurt, {@link io.github.twinpool.operations.Drill} rehearses, {@link
 * io.github.twinpool.operations.ReplicationLagMeter} measures, {@link
 * io.github.twinpool.operations.CostEstimate} reckons, {@link
 * io.github.twinpool.operations.Route53HealthSignal} lets SDK calls follow the Route 53 health
 * check that the pool's domain follows, and {@link io.github.twinpool.operations.DnsSwitch} does
 * the same for names of your own. They share {@link io.github.twinpool.operations.AwsClients}.
 */
@NullMarked
package io.github.twinpool.operations;

import org.jspecify.annotations.NullMarked;
