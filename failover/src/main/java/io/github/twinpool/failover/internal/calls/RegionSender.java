package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import java.util.concurrent.CompletableFuture;

/** Sends one prepared call to a Region. */
public interface RegionSender {
  /**
   * Begins an attempt. Cancelling the future aborts it and its connection.
   *
   * @param throttlingMoves whether the other Region is asked at once if this one throttles
   */
  CompletableFuture<Object> send(RegionRole role, boolean throttlingMoves);

  /** Whether the request has this text in a value that may be a stranger's. */
  default boolean carries(String text) {
    return false;
  }

  /** What the caller gets of a Region's answer. */
  Object answer(RegionRole role, Object answer);
}
