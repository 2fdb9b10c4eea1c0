package io.github.twinpool.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When the next token is asked for: some time before the last one expires, and not by all processes
 * at once.
 *
 * @param longest how long before the expiry at most
 */
record RefreshAhead(Duration longest, RandomGenerator random) {
  private static final double JITTER = 0.2;

  /** When to ask for the next token: never in the first half of this one's time. */
  Instant time(Instant from, Instant expiresAt) {
    Duration half = Duration.between(from, expiresAt).dividedBy(2);
    return expiresAt.minus(jittered(longest.compareTo(half) < 0 ? longest : half));
  }

  /** Less up to a fifth of it. */
  Duration jittered(Duration duration) {
    return duration.minusMillis((long) (duration.toMillis() * JITTER * random.nextDouble()));
  }
}
