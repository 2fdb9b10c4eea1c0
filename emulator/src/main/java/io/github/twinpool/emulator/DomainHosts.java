package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The hosts of a pool's domain: a prefix host for each Region and a custom domain. Which Region
 * answers at the primary's prefix host and at the custom domain follows the health check that the
 * domain's {@code Routing} names, as Cognito fails domains over: without hysteresis. A host suffers
 * what the Region that answers there suffers. Thread-safe.
 */
final class DomainHosts implements AutoCloseable {
  private enum Host {
    PRIMARY_PREFIX,
    SECONDARY_PREFIX,
    CUSTOM
  }

  private final String poolId;
  private volatile EmulatedCognito cognito;
  private volatile Map<RegionRole, DomainService> services;
  private final Map<RegionRole, Outage> outages = new EnumMap<>(RegionRole.class);
  private final Map<RegionRole, Duration> latencies = new EnumMap<>(RegionRole.class);
  private final Map<Host, EmulatorHttpServer> servers = new EnumMap<>(Host.class);
  private volatile Map<Host, RegionRole> serving =
      Map.of(
          Host.PRIMARY_PREFIX, RegionRole.PRIMARY,
          Host.SECONDARY_PREFIX, RegionRole.SECONDARY,
          Host.CUSTOM, RegionRole.PRIMARY);

  /**
   * Listens, on all ports or on none.
   *
   * @throws java.io.UncheckedIOException naming the port, if one cannot be had
   */
  DomainHosts(
      EmulatedCognito cognito, String poolId, Ports ports, LongSupplier nanoTime, Reach reach) {
    this.cognito = cognito;
    this.poolId = poolId;
    services = services(cognito);
    for (RegionRole role : RegionRole.values()) {
      outages.put(role, Outage.none());
      latencies.put(role, Duration.ZERO);
    }
    try {
      listen(Host.PRIMARY_PREFIX, ports.of(Ports.Listener.PRIMARY_DOMAIN), nanoTime, reach);
      listen(Host.SECONDARY_PREFIX, ports.of(Ports.Listener.SECONDARY_DOMAIN), nanoTime, reach);
      listen(Host.CUSTOM, ports.of(Ports.Listener.CUSTOM_DOMAIN), nanoTime, reach);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    watch(cognito);
  }

  private static Map<RegionRole, DomainService> services(EmulatedCognito cognito) {
    Map<RegionRole, DomainService> services = new EnumMap<>(RegionRole.class);
    for (RegionRole role : RegionRole.values()) {
      services.put(role, new DomainService(cognito, role));
    }
    return Map.copyOf(services);
  }

  /** Answers from another Cognito from now on, and follows its health checks. */
  synchronized void serve(EmulatedCognito next) {
    cognito.domains().listener(() -> {});
    cognito.healthChecks().listener(() -> {});
    cognito = next;
    services = services(next);
    watch(next);
  }

  private void watch(EmulatedCognito watched) {
    watched.domains().endpoint(poolId, prefix(RegionRole.PRIMARY));
    watched.domains().listener(this::follow);
    watched.healthChecks().listener(this::follow);
    follow();
  }

  private void listen(Host host, int port, LongSupplier nanoTime, Reach reach) {
    EmulatorHttpServer.Handler handler =
        new EmulatorHttpServer.Handler() {
          @Override
          public Reply handle(ReceivedRequest request) {
            return service(servedBy(host)).answer(poolId, request);
          }

          @Override
          public Reply instead(Reply fault) {
            return DomainReply.fault(fault);
          }

          @Override
          public Reply forOrigin(ReceivedRequest request, Reply reply) {
            return DomainService.forOrigin(request, reply);
          }
        };
    servers.put(host, EmulatorHttpServer.start(port, handler, nanoTime, reach));
  }

  private RegionRole servedBy(Host host) {
    return Objects.requireNonNull(serving.get(host));
  }

  private RegionRole routed(boolean custom) {
    boolean moved =
        cognito
            .domains()
            .of(RegionRole.PRIMARY, poolId, custom)
            .flatMap(PoolDomain::healthCheckId)
            .flatMap(cognito.healthChecks()::of)
            .filter(check -> !check.healthy())
            .isPresent();
    return moved ? RegionRole.SECONDARY : RegionRole.PRIMARY;
  }

  /** A Region's side of the domain. */
  DomainService service(RegionRole role) {
    return Objects.requireNonNull(services.get(role));
  }

  URI prefix(RegionRole role) {
    return uri(role == RegionRole.PRIMARY ? Host.PRIMARY_PREFIX : Host.SECONDARY_PREFIX);
  }

  URI custom() {
    return uri(Host.CUSTOM);
  }

  private URI uri(Host host) {
    return server(host).uri();
  }

  /** What a Region's prefix host suffers, whichever Region serves it. */
  Outage outageOfPrefix(RegionRole role) {
    return server(role == RegionRole.PRIMARY ? Host.PRIMARY_PREFIX : Host.SECONDARY_PREFIX)
        .outage();
  }

  Outage outageOfCustom() {
    return server(Host.CUSTOM).outage();
  }

  private EmulatorHttpServer server(Host host) {
    return Objects.requireNonNull(servers.get(host));
  }

  /** Follows the health checks of the domains, when either may have changed. */
  private synchronized void follow() {
    serving =
        Map.of(
            Host.PRIMARY_PREFIX, routed(false),
            Host.SECONDARY_PREFIX, RegionRole.SECONDARY,
            Host.CUSTOM, routed(true));
    for (Host host : servers.keySet()) {
      Outage outage = Objects.requireNonNull(outages.get(servedBy(host)));
      if (!server(host).outage().equals(outage)) {
        server(host).outage(outage);
      }
      setLatency(host);
    }
  }

  /** What a Region's side of the domain suffers from now on. */
  synchronized void outage(RegionRole role, Outage outage) {
    outages.put(role, outage);
    servers.keySet().stream()
        .filter(host -> servedBy(host) == role)
        .forEach(host -> server(host).outage(outage));
  }

  synchronized void latency(RegionRole role, Duration base) {
    latencies.put(role, base);
    servers.keySet().forEach(this::setLatency);
  }

  private void setLatency(Host host) {
    server(host).baseLatency(Objects.requireNonNull(latencies.get(servedBy(host))));
  }

  @Override
  public void close() {
    servers.values().forEach(EmulatorHttpServer::close);
  }
}
