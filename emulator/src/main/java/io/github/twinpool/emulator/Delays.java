package io.github.twinpool.emulator;

import java.time.Duration;

/**
 * How long things take.
 *
 * @param replica how long a replica is being made or deleted
 * @param consistency until what was just made is seen by those who look for it
 */
record Delays(Duration replica, Duration consistency) {}
