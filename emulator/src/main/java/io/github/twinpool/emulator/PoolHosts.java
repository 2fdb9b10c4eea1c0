package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.EmulatorHttpServer.ReceivedRequest;
import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The hosts of one pool's domain: a prefix host for each Region and a custom domain. Which Region
 * answers at the primary's prefix host and at the custom domain follows the health check that the
 * domain's {@code Routing} names, as Cognito fails domains over: without hysteresis. Requests may
 * come on many threads; all else is {@link DomainHosts}' to call, one at a time.
 */
final class PoolHosts implements AutoCloseable {
  enum Host {
    PRIMARY_PREFIX,
    SECONDARY_PREFIX,
    CUSTOM;

    static Host prefix(RegionRole role) {
      return role == RegionRole.PRIMARY ? PRIMARY_PREFIX : SECONDARY_PREFIX;
    }
  }

  private final String poolId;
  private final LongSupplier nanoTime;
  private volatile EmulatedCognito cognito;
  private volatile Map<RegionRole, DomainService> services;
  private final Map<Host, EmulatorHttpServer> servers = new EnumMap<>(Host.class);
  private volatile Map<Host, RegionRole> serving =
      Map.of(
          Host.PRIMARY_PREFIX, RegionRole.PRIMARY,
          Host.SECONDARY_PREFIX, RegionRole.SECONDARY,
          Host.CUSTOM, RegionRole.PRIMARY);

  /** Listens nowhere yet. */
  PoolHosts(
      EmulatedCognito cognito,
      String poolId,
      Map<RegionRole, DomainService> services,
      LongSupplier nanoTime) {
    this.cognito = cognito;
    this.poolId = poolId;
    this.services = services;
    this.nanoTime = nanoTime;
  }

  /** Answers from another Cognito from now on. */
  void serve(EmulatedCognito next, Map<RegionRole, DomainService> sides) {
    cognito = next;
    services = sides;
  }

  String poolId() {
    return poolId;
  }

  /** How many hosts listen. */
  int size() {
    return servers.size();
  }

  Optional<URI> uri(Host host) {
    return Optional.ofNullable(servers.get(host))
        .map(server -> URI.create("http://127.0.0.1:" + server.port()));
  }

  /**
   * Begins to listen.
   *
   * @param port 0 for any
   * @throws java.io.UncheckedIOException naming the port, if it cannot be had
   */
  void listen(Host host, int port) {
    EmulatorHttpServer.Handler handler =
        new EmulatorHttpServer.Handler() {
          @Override
          public Reply handle(ReceivedRequest request) {
            return Objects.requireNonNull(services.get(servedBy(host))).answer(poolId, request);
          }

          @Override
          public Reply instead(Reply fault) {
            return DomainReply.fault(fault);
          }
        };
    servers.put(host, EmulatorHttpServer.start(port, handler, nanoTime));
  }

  private RegionRole servedBy(Host host) {
    return Objects.requireNonNull(serving.get(host));
  }

  /** Ends what there is no domain for any more. */
  void keep(boolean prefix, boolean custom) {
    for (Host host : Host.values()) {
      EmulatorHttpServer server = servers.get(host);
      if (server != null && !(host == Host.CUSTOM ? custom : prefix)) {
        server.close();
        servers.remove(host);
      }
    }
  }

  /** Follows health checks, and suffers what the Regions suffer. */
  void follow(Map<RegionRole, Outage> outages, Map<RegionRole, Duration> latencies) {
    serving =
        Map.of(
            Host.PRIMARY_PREFIX, routed(false),
            Host.SECONDARY_PREFIX, RegionRole.SECONDARY,
            Host.CUSTOM, routed(true));
    servers.forEach(
        (host, server) -> {
          Outage outage = Objects.requireNonNull(outages.get(servedBy(host)));
          if (!server.outage().equals(outage)) {
            server.outage(outage);
          }
          server.baseLatency(Objects.requireNonNull(latencies.get(servedBy(host))));
        });
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

  @Override
  public void close() {
    servers.values().forEach(EmulatorHttpServer::close);
  }
}
