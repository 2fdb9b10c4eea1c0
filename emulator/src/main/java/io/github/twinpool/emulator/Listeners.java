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
  private final EmulatorHttpServer issuer;
  private final DomainHosts domain;

  /**
   * Listens, on all ports or on none.
   *
   * @throws java.io.UncheckedIOException naming the port, if one cannot be had
   */
  Listeners(
      EmulatedCognito cognito,
      int primaryPort,
      int secondaryPort,
      int issuerPort,
      DomainHosts domain,
      LongSupplier nanoTime,
      Reach reach) {
    this.domain = domain;
    Operations operations = new Operations(cognito);
    try {
      addRegion(cognito, RegionRole.PRIMARY, primaryPort, operations, nanoTime, reach);
      addRegion(cognito, RegionRole.SECONDARY, secondaryPort, operations, nanoTime, reach);
      issuer = EmulatorHttpServer.start(issuerPort, new IssuerService(cognito), nanoTime, reach);
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
      LongSupplier nanoTime,
      Reach reach) {
    RegionService service = new RegionService(cognito, role, operations);
    EmulatorHttpServer server = EmulatorHttpServer.start(port, service, nanoTime, reach);
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
    return issuer.uri();
  }

  Outage outageOfIssuer() {
    return issuer.outage();
  }

  /** The host of the UPDATED issuer lives in both Regions. */
  private synchronized void followOutages() {
    boolean served =
        regions.values().stream().anyMatch(region -> IssuerService.keysAreServed(region.outage()));
    issuer.outage(served ? Outage.none() : region(RegionRole.PRIMARY).outage());
  }

  @Override
  public void close() {
    servers.forEach(EmulatorHttpServer::close);
    domain.close();
  }
}
