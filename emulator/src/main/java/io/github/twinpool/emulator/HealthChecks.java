package io.github.twinpool.emulator;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The health checks of Route 53. Thread-safe. */
final class HealthChecks {
  private static final int MAX = 200; // Route 53's quota for an account

  private final FreshNames names;
  private final Map<String, HealthCheck> byId = new LinkedHashMap<>();
  private final Map<String, String> byReference = new HashMap<>();
  private final Set<String> usedUp = new HashSet<>();
  private final HealthCheck first;
  private volatile Runnable listener = () -> {};

  /**
   * The check made at start.
   *
   * @param firstId its ID
   */
  HealthChecks(FreshNames names, String firstId) {
    this.names = names;
    first =
        add(
            firstId,
            "twinpool",
            Map.of(
                "Type", "HTTPS",
                "FullyQualifiedDomainName", "health.example.com",
                "Port", "443",
                "RequestInterval", "10",
                "FailureThreshold", "3"));
  }

  /** Is told each time that a check may have changed. */
  void listener(Runnable told) {
    listener = told;
  }

  /** The check made at start, which the domain follows. */
  HealthCheck first() {
    return first;
  }

  synchronized Optional<HealthCheck> of(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  synchronized Collection<HealthCheck> all() {
    return List.copyOf(byId.values());
  }

  /**
   * Makes a check, or finds the one that the same request has made. (Source: API reference,
   * CreateHealthCheck, CallerReference.)
   *
   * @throws Route53Error HealthCheckAlreadyExists, TooManyHealthChecks
   */
  synchronized HealthCheck create(String callerReference, Map<String, String> settings) {
    String id = byReference.get(callerReference);
    HealthCheck existing = id == null ? null : byId.get(id);
    if (existing != null && existing.sameSettings(settings)) {
      return existing;
    }
    if (existing != null || usedUp.contains(callerReference)) {
      throw new Route53Error(
          409, "HealthCheckAlreadyExists", "A health check with this CallerReference exists.");
    }
    if (byId.size() >= MAX) {
      throw new Route53Error(400, "TooManyHealthChecks", "The limit of health checks is reached.");
    }
    return add(names.uuid(), callerReference, settings);
  }

  private HealthCheck add(String id, String callerReference, Map<String, String> settings) {
    HealthCheck check = new HealthCheck(id, callerReference, settings, () -> listener.run());
    byId.put(check.id(), check);
    byReference.put(callerReference, check.id());
    return check;
  }

  /** Deletes a check; its caller reference is used up for ever. */
  void delete(HealthCheck check) {
    synchronized (this) {
      byId.remove(check.id());
      byReference.remove(check.callerReference());
      usedUp.add(check.callerReference());
    }
    listener.run();
  }
}
