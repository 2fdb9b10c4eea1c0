package io.github.twinpool.spring;

import io.github.twinpool.operations.Route53HealthSignal;
import java.util.LinkedHashMap;
import java.util.Map;

/** The Route 53 health check as actuators see it. Tells what is known and asks nobody. */
final class SignalledHealthCheck implements HealthCheckView {
  private final Route53HealthSignal signal;

  SignalledHealthCheck(Route53HealthSignal signal) {
    this.signal = signal;
  }

  @Override
  public Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("says", signal.healthy().map(it -> it ? "healthy" : "unhealthy").orElse("unread"));
    signal
        .problem()
        .ifPresent(
            problem -> {
              details.put("problem", problem.kind());
              problem
                  .missingPermission()
                  .ifPresent(action -> details.put("missingPermission", action));
            });
    return details;
  }
}
