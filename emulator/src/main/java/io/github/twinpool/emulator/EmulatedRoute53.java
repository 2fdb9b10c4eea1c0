package io.github.twinpool.emulator;

import java.net.URI;
import java.util.Set;

/**
 * As much of Route 53 as the health check of a domain needs, on a port of its own: GetHealthCheck,
 * GetHealthCheckStatus, and UpdateHealthCheck with {@code Inverted} and {@code Disabled}. The
 * emulator's custom domain follows the check, as Cognito's domains follow theirs. Thread-safe.
 */
public final class EmulatedRoute53 {
  private final HealthCheck check;
  private final Route53Service service;
  private final EmulatorHttpServer server;

  EmulatedRoute53(HealthCheck check, Route53Service service, EmulatorHttpServer server) {
    this.check = check;
    this.service = service;
    this.server = server;
  }

  /** Where the API answers: {@code http://127.0.0.1:{port}}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** The check that the domain follows. */
  public String healthCheckId() {
    return check.id();
  }

  /** How many checkers report: more than 18 % of them make a check healthy. */
  public int checkers() {
    return HealthCheck.CHECKERS;
  }

  /**
   * How many of the checkers see the endpoint healthy, from now on.
   *
   * @throws IllegalArgumentException if it is not from 0 to {@link #checkers()}
   */
  public void healthyCheckers(int healthy) {
    if (healthy < 0 || healthy > HealthCheck.CHECKERS) {
      throw new IllegalArgumentException(
          "healthyCheckers " + healthy + ": wants 0 to " + HealthCheck.CHECKERS);
    }
    check.see(healthy);
  }

  /** Whether the check is healthy, as DNS would go by it. */
  public boolean healthy() {
    return check.healthy();
  }

  /** Refuses these operations with AccessDenied from now on, and no others. */
  public void deny(String... operations) {
    service.deny(Set.of(operations));
  }

  /** How many requests of an operation reached the service. */
  public long calls(String operation) {
    return service.calls().of(operation);
  }

  /** Switches to another outage, which is in force when this returns. */
  public void outage(Outage outage) {
    server.outage(outage);
  }

  void close() {
    server.close();
  }

  @Override
  public String toString() {
    return "Route 53 at " + endpoint();
  }
}
