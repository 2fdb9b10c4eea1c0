package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * An emulator's listeners: one for each Region, one for the host of the UPDATED issuer, and those
 * of the domain.
 */
final class Listeners implements AutoCloseable {
  private final List<EmulatorHttpServer> servers = new ArrayList<>();
  private final Map<RegionRole, EmulatedRegion> regions = new EnumMap<>(RegionRole.class);
  private final Map<RegionRole, CurrentService<RegionService>> services =
      new EnumMap<>(RegionRole.class);
  private final CurrentService<IssuerService> issuerService;
  private final EmulatorHttpServer issuer;
  private final DomainHosts domain;

  /**
   * Listens, on all ports or on none.
   *
   * @throws java.io.UncheckedIOException naming the port, if one cannot be had
   */
  Listeners(EmulatedCognito cognito, Ports ports, DomainHosts domain, LongSupplier nanoTime) {
    this.domain = domain;
    Operations operations = new Operations(cognito);
    issuerService = new CurrentService<>(new IssuerService(cognito));
    try {
      int primaryPort = ports.of(Ports.Listener.PRIMARY);
      int secondaryPort = ports.of(Ports.Listener.SECONDARY);
      addRegion(cognito, RegionRole.PRIMARY, primaryPort, operations, nanoTime);
      addRegion(cognito, RegionRole.SECONDARY, secondaryPort, operations, nanoTime);
      issuer =
          EmulatorHttpServer.start(
              ports.of(Ports.Listener.UPDATED_ISSUER), issuerService, nanoTime);
      servers.add(issuer);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void addRegion(
      EmulatedCognito cognito,
      RegionRole role,
      int port,
      Operations operations,
      LongSupplier nanoTime) {
    CurrentService<RegionService> service =
        new CurrentService<>(new RegionService(cognito, role, operations));
    services.put(role, service);
    EmulatorHttpServer server = EmulatorHttpServer.start(port, service, nanoTime);
    servers.add(server);
    Runnable outageChanged = this::followOutages;
    regions.put(
        role,
        new EmulatedRegion(role, cognito.region(role), service, server, domain, outageChanged));
  }

  EmulatedRegion region(RegionRole role) {
    return Objects.requireNonNull(regions.get(role));
  }

  DomainHosts domain() {
    return domain;
  }

  URI updatedIssuer() {
    return URI.create("http://127.0.0.1:" + issuer.port());
  }

  /** The host of the UPDATED issuer lives in both Regions. */
  private synchronized void followOutages() {
    boolean served =
        regions.values().stream().anyMatch(region -> IssuerService.keysAreServed(region.outage()));
    issuer.outage(served ? Outage.none() : region(RegionRole.PRIMARY).outage());
  }

  /** Ends all outages and delays. */
  void recover() {
    regions.values().forEach(EmulatedRegion::reset);
  }

  /** Answers from another Cognito from now on. */
  void serve(EmulatedCognito cognito) {
    Operations operations = new Operations(cognito);
    services.forEach(
        (role, service) -> service.replace(new RegionService(cognito, role, operations)));
    issuerService.replace(new IssuerService(cognito));
    domain.serve(cognito);
  }

  @Override
  public void close() {
    servers.forEach(EmulatorHttpServer::close);
    domain.close();
  }
}
