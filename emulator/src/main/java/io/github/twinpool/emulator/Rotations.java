package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Which rotating refresh tokens were used, and when: after the grace period they are refused. Each
 * Region knows its own uses only, an assumption, since AWS has not published whether the grace
 * period's state replicates; the emulator's builder can let both know. Thread-safe.
 */
final class Rotations {
  private static final int TOKENS = 100_000;

  private final boolean shared;
  private final Map<String, Instant> firstUse = new BoundedMap<>(TOKENS);

  Rotations(boolean shared) {
    this.shared = shared;
  }

  /** Whether a Region knows that a token was used. */
  synchronized boolean isUsed(RegionRole role, String tokenId) {
    return firstUse.containsKey(key(role, tokenId));
  }

  private String key(RegionRole role, String tokenId) {
    return shared ? tokenId : role + " " + tokenId;
  }

  /**
   * Uses a token.
   *
   * @throws WireError a RefreshTokenReuseException if it was used longer ago than the grace period
   */
  synchronized void use(RegionRole role, String tokenId, Duration grace, Instant now) {
    Instant before = firstUse.putIfAbsent(key(role, tokenId), now);
    if (before != null && !now.isBefore(before.plus(grace))) {
      throw WireError.of("RefreshTokenReuseException", "Refresh token has already been used.");
    }
  }
}
