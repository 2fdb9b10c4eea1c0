package io.github.twinpool.failover;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What speaks for and against one Region at one moment.
 *
 * @param health what follows from it
 * @param reason why, in a few words
 * @param callsInFlight attempts that have not ended yet
 * @param oldestCall the age of the oldest of them; zero if there is none
 * @param failuresInARow attempts that failed since the last answer to one
 * @param failedProbes how many of the last three probes of the keys failed
 * @param sinceAnswer the time since the Region's last answer to a call or a probe, or null if it
 *     has never answered
 */
public record Evidence(
    RegionHealth health,
    String reason,
    int callsInFlight,
    Duration oldestCall,
    int failuresInARow,
    int failedProbes,
    @Nullable Duration sinceAnswer) {}
