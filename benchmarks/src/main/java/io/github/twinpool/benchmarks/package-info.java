/**
 * {@link io.github.twinpool.benchmarks.OutageBenchmark} shows an outage as callers of several
 * clients see it; {@link io.github.twinpool.benchmarks.RoutingOverhead} shows what routing costs
 * when there is none; {@link io.github.twinpool.benchmarks.TokenBenchmark} what validating a token
 * costs.
 */
@NullMarked
package io.github.twinpool.benchmarks;

import org.jspecify.annotations.NullMarked;
