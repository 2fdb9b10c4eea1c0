package io.github.twinpool.spring;

import io.github.twinpool.failover.Advice;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Route 53 health check that the pool's domain follows. Wants twinpool-operations.
 *
 * @param enabled Whether to read the health check, if id is set.
 * @param id ID of the health check, which must be one of an endpoint.
 * @param advice How much the check decides. With bias, unhealthy counts as one failed probe and
 *     blocks the failback. With follow, two unhealthy readings in a row move the calls.
 * @param interval How often the check is read, give or take 20 %, from 5 to 20 seconds.
 * @param timeout Longest that one call to Route 53 may take, at most 10 seconds.
 */
@ConfigurationProperties("twinpool.health-check")
record TwinpoolHealthCheckProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable String id,
    @DefaultValue("bias") Advice advice,
    @DefaultValue("15s") Duration interval,
    @DefaultValue("3s") Duration timeout) {}
