package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import java.util.concurrent.CompletableFuture;

/**
 * Sends one prepared call to a Region. Cancelling the future aborts the attempt and its connection.
 */
interface RegionSender {
  CompletableFuture<Object> send(RegionRole role);
}
