package io.github.twinpool.spring;

import io.github.twinpool.Capability;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverStatus;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.failover.RegionHealth;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;

/** The failover client as actuators see it. */
final class RoutedFailover implements FailoverView {
  private final MultiRegionCognito cognito;
  private final UnroutedClients unrouted;
  private final TwinpoolFailoverProperties properties;
  private final ObjectProvider<HealthCheckView> healthCheck;

  RoutedFailover(
      MultiRegionCognito cognito,
      UnroutedClients unrouted,
      TwinpoolFailoverProperties properties,
      ObjectProvider<HealthCheckView> healthCheck) {
    this.cognito = cognito;
    this.unrouted = unrouted;
    this.properties = properties;
    this.healthCheck = healthCheck;
  }

  @Override
  public Map<String, Object> details() {
    FailoverStatus status = cognito.status();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("mode", status.mode());
    details.put("serving", status.serving());
    details.put("timeInMode", status.timeInMode());
    Map<String, Object> regions = new LinkedHashMap<>();
    for (RegionRole role : RegionRole.values()) {
      FailoverStatus.Region region = status.regions().get(role);
      if (region != null) {
        regions.put(role.name(), details(region));
      }
    }
    details.put("regions", regions);
    details.put("observeOnly", properties.observeOnly());
    if (!unrouted.names().isEmpty()) {
      details.put("notRouted", unrouted.names());
    }
    healthCheck.ifUnique(it -> details.put("healthCheck", it.details()));
    return details;
  }

  private static Map<String, Object> details(FailoverStatus.Region region) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("name", region.name());
    details.put("health", region.health());
    details.put("reason", region.reason());
    details.put("callsInFlight", region.callsInFlight());
    return details;
  }

  @Override
  public Map<String, Boolean> capabilities() {
    Map<String, Boolean> capabilities = new LinkedHashMap<>();
    for (Capability capability : Capability.values()) {
      capabilities.put(capability.name(), cognito.allows(capability));
    }
    return capabilities;
  }

  @Override
  public boolean isOutOfService() {
    return cognito.status().regions().values().stream()
        .map(FailoverStatus.Region::health)
        .allMatch(health -> health == RegionHealth.DOWN || health == RegionHealth.NOT_SERVING);
  }

  @Override
  public void override(RegionRole role, Duration duration, boolean strict) {
    requireSwitchedOn();
    if (duration.compareTo(properties.maxOverride()) > 0) {
      throw new IllegalArgumentException(
          "duration "
              + duration
              + ": wants at most twinpool.failover.max-override, "
              + properties.maxOverride());
    }
    if (strict) {
      cognito.overrideStrictly(role, duration);
    } else {
      cognito.override(role, duration);
    }
  }

  @Override
  public void endOverride() {
    requireSwitchedOn();
    cognito.endOverride();
  }

  private void requireSwitchedOn() {
    if (!properties.overrideEndpoint()) {
      throw new IllegalStateException(
          "Overrides by the endpoint are off: twinpool.failover.override-endpoint=true allows them");
    }
  }
}
