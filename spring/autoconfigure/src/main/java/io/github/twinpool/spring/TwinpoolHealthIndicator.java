package io.github.twinpool.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * UP as long as one Region serves and tokens can be validated, else OUT_OF_SERVICE: the process
 * itself is well, and starting it anew would not help. Never waits for the network.
 */
final class TwinpoolHealthIndicator extends AbstractHealthIndicator {
  private final @Nullable FailoverView failover;
  private final @Nullable TokenView tokens;

  TwinpoolHealthIndicator(@Nullable FailoverView failover, @Nullable TokenView tokens) {
    super("Twinpool health check failed");
    this.failover = failover;
    this.tokens = tokens;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    health.up();
    if (failover != null) {
      health.withDetails(failover.details());
      if (failover.isOutOfService()) {
        health.outOfService();
      }
    }
    if (tokens != null) {
      health.withDetail("tokens", tokens.details());
      if (tokens.isOutOfService()) {
        health.outOfService();
      }
    }
  }
}
