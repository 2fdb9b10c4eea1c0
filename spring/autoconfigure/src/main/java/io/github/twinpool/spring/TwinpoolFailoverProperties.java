package io.github.twinpool.spring;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How calls of the user pools API are routed.
 *
 * @param enabled Whether to configure routed AWS SDK clients.
 * @param attemptTimeout Longest that one attempt at one Region may take.
 * @param callDeadline Longest that a call may take, all attempts together.
 * @param dwell How long the primary must be healthy without a break before the failback begins.
 * @param dwellCap Longest dwell after relapses, each of which doubles it.
 * @param failbackStep How long each step of the failback lasts at least.
 * @param probeInterval How often an unsuspected Region is probed.
 * @param suspectProbeInterval How often a suspected or failed Region is probed.
 * @param hedgeAfter Time without an answer after which the other Region is asked as well, for
 *     GetUser, device reads and refreshes without rotation. Never by default.
 * @param observeOnly Whether to watch only: calls go to the primary, and transitions say what would
 *     have happened.
 * @param maxConcurrentCalls How many calls may be in flight. One more fails at once.
 * @param refreshRotation Whether the refresh tokens of all app clients rotate. A rotating one moves
 *     to the other Region only if it was not sent.
 * @param rotatingClientIds App clients whose refresh tokens rotate, if not all do.
 * @param overrideEndpoint Whether the actuator endpoint accepts overrides. Its access and exposure
 *     alone do not open it.
 * @param maxOverride Longest override that the actuator endpoint accepts, at most 24 hours.
 */
@ConfigurationProperties("twinpool.failover")
record TwinpoolFailoverProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("5500ms") Duration attemptTimeout,
    @DefaultValue("12s") Duration callDeadline,
    @DefaultValue("60s") Duration dwell,
    @DefaultValue("15m") Duration dwellCap,
    @DefaultValue("15s") Duration failbackStep,
    @DefaultValue("5s") Duration probeInterval,
    @DefaultValue("1s") Duration suspectProbeInterval,
    @Nullable Duration hedgeAfter,
    @DefaultValue("false") boolean observeOnly,
    @DefaultValue("1000") int maxConcurrentCalls,
    @DefaultValue("false") boolean refreshRotation,
    @DefaultValue Set<String> rotatingClientIds,
    @DefaultValue("false") boolean overrideEndpoint,
    @DefaultValue("1h") Duration maxOverride) {}
