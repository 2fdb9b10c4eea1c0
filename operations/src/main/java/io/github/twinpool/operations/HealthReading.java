package io.github.twinpool.operations;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;
import software.amazon.awssdk.services.route53.model.HealthCheckObservation;

/**
 * What a health check says, as Route 53 and so DNS go by it.
 *
 * @param healthy the check's status, inversion and all
 * @param healthyCheckers how many checkers see the endpoint healthy
 * @param checkers how many report
 */
record HealthReading(boolean healthy, int healthyCheckers, int checkers) {
  /** An endpoint is healthy if more than this share of the checkers says so. */
  private static final double HEALTHY_SHARE = 0.18;

  /**
   * Reads a check. Disabled, it is healthy whatever the checkers see, and needs none; inverted, it
   * is the opposite. (Source: Route 53 developer guide, "How Route 53 determines whether a health
   * check is healthy"; API reference, HealthCheckConfig.)
   *
   * @return empty if no checker reports
   */
  static Optional<HealthReading> of(
      HealthCheckConfig config, List<HealthCheckObservation> observations) {
    boolean disabled = Boolean.TRUE.equals(config.disabled());
    boolean inverted = Boolean.TRUE.equals(config.inverted());
    int checkers = 0;
    int healthyCheckers = 0;
    for (HealthCheckObservation observation : observations) {
      if (observation.statusReport() != null && observation.statusReport().status() != null) {
        checkers++;
        healthyCheckers += observation.statusReport().status().startsWith("Success") ? 1 : 0;
      }
    }
    if (checkers == 0 && !disabled) {
      return Optional.empty();
    }
    boolean seen = disabled || (double) healthyCheckers / checkers > HEALTHY_SHARE;
    return Optional.of(new HealthReading(seen != inverted, healthyCheckers, checkers));
  }
}
