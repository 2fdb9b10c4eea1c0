package io.github.twinpool.emulator;

/**
 * As much of Route 53 as failover needs: health checks of endpoints, made, described, inverted,
 * disabled and deleted; record sets of one hosted zone; and whether a change is in sync. A domain
 * of the emulator follows the check that its {@code Routing} names, as Cognito's domains do.
 * Thread-safe.
 */
public final class EmulatedRoute53 extends EmulatedService {
  private final CurrentService<Route53Service> service;

  EmulatedRoute53(CurrentService<Route53Service> service, EmulatorHttpServer server) {
    super("Route 53", server, () -> service.get().calls(), () -> service.get().denials());
    this.service = service;
  }

  void serve(Route53Service next) {
    service.replace(next);
  }

  private HealthChecks checks() {
    return service.get().checks();
  }

  private HostedZone zone() {
    return service.get().zone();
  }

  /** The check made at start. The domain follows it, unless the pool was made single-Region. */
  public String healthCheckId() {
    return checks().first().id();
  }

  /** How many health checks there are. */
  public int healthChecks() {
    return checks().all().size();
  }

  /** The ID of the hosted zone, whose name is {@link #hostedZoneName()}. */
  public String hostedZoneId() {
    return zone().id();
  }

  /** The name of the hosted zone, with its dot at the end. */
  public String hostedZoneName() {
    return zone().name();
  }

  /** How many checkers report: more than 18 % of them make a check healthy. */
  public int checkers() {
    return HealthCheck.CHECKERS;
  }

  /**
   * How many of the checkers see the endpoint of the check made at start healthy, from now on.
   *
   * @throws IllegalArgumentException if it is not from 0 to {@link #checkers()}
   */
  public void healthyCheckers(int healthy) {
    healthyCheckers(checks().first().id(), healthy);
  }

  /**
   * How many of the checkers see the endpoint of a check healthy, from now on.
   *
   * @throws IllegalArgumentException if it is not from 0 to {@link #checkers()}, or if there is no
   *     such check
   */
  public void healthyCheckers(String healthCheckId, int healthy) {
    if (healthy < 0 || healthy > HealthCheck.CHECKERS) {
      throw new IllegalArgumentException(
          "healthyCheckers " + healthy + ": wants 0 to " + HealthCheck.CHECKERS);
    }
    checks()
        .of(healthCheckId)
        .orElseThrow(() -> new IllegalArgumentException("no health check " + healthCheckId))
        .see(healthy);
  }

  /** Whether the check made at start is healthy, as DNS would go by it. */
  public boolean healthy() {
    return checks().first().healthy();
  }
}
