package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.net.URI;
import java.time.Duration;

/**
 * One Region of a {@link CognitoEmulator}: its address, its outages and its counters. Everything
 * can be changed while requests are under way. Thread-safe.
 */
public final class EmulatedRegion {
  private final RegionRole role;
  private final String name;
  private final CurrentService<RegionService> service;
  private final EmulatorHttpServer server;
  private final DomainHosts domain;
  private final Runnable outageChanged;
  private Outage domainOutage = Outage.none();

  EmulatedRegion(
      RegionRole role,
      String name,
      CurrentService<RegionService> service,
      EmulatorHttpServer server,
      DomainHosts domain,
      Runnable outageChanged) {
    this.role = role;
    this.name = name;
    this.service = service;
    this.server = server;
    this.domain = domain;
    this.outageChanged = outageChanged;
  }

  /** Where this Region's API and JWKS answer: {@code http://127.0.0.1:{port}}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Whether this is the primary Region or the secondary. */
  public RegionRole role() {
    return role;
  }

  /** The Region's name, for instance {@code us-east-1}; requests must be signed for it. */
  public String name() {
    return name;
  }

  /**
   * Switches to another outage, which is in force when this returns. The host of the UPDATED issuer
   * goes on answering as long as one Region serves its keys, and fails as the primary does when
   * neither does. The Region's side of the domain suffers it, too, unless {@link
   * #domainOutage(Outage)} gives it another.
   */
  public synchronized void outage(Outage outage) {
    server.outage(outage);
    outageChanged.run();
    followDomain();
  }

  /**
   * Switches this Region's side of the domain to an outage of its own: its prefix host, and the
   * custom domain while this Region answers there. Default: {@link Outage#none()}, which leaves the
   * domain with the outage of the Region.
   */
  public synchronized void domainOutage(Outage outage) {
    domainOutage = outage;
    followDomain();
  }

  private void followDomain() {
    domain.outage(role, domainOutage.equals(Outage.none()) ? server.outage() : domainOutage);
  }

  /**
   * Ends the outage: the same as {@code outage(Outage.none())}. The base latency stays, and so does
   * an outage of the domain only.
   */
  public void recover() {
    outage(Outage.none());
  }

  /** Ends what a test has done to this Region's network. */
  synchronized void reset() {
    domainOutage = Outage.none();
    recover();
    latency(Duration.ZERO);
  }

  /**
   * Refuses these operations with AccessDeniedException from now on, and no others: as IAM does for
   * an identity that lacks the permission. Default: none.
   */
  public void deny(String... operations) {
    service.get().denials().deny(operations);
  }

  /** The outage in force. Default: {@link Outage#none()}. */
  public Outage outage() {
    return server.outage();
  }

  /**
   * What every answer of this Region takes at least, on top of which an outage may add: a secondary
   * is usually some 70 ms away. Default: nothing.
   */
  public void latency(Duration base) {
    server.baseLatency(base);
    domain.latency(role, base);
  }

  /**
   * How many requests of an operation reached the service in this Region, refused ones included.
   * What an outage kept away from the service does not count.
   *
   * @param operation the name on the wire, or {@code jwks.json} or {@code openid-configuration}, or
   *     a path of the domain such as {@code oauth2/token}
   */
  public long calls(String operation) {
    return service.get().calls(operation) + domain.service(role).calls().of(operation);
  }

  /**
   * How many requests with side effects (sign-ins, refreshes, writes) this Region processed that
   * had been processed before, by this Region or the other.
   *
   * @see CognitoEmulator#duplicates()
   */
  public long duplicates() {
    return service.get().duplicates() + domain.service(role).duplicates().sum();
  }

  /** {@link #duplicates()} of one operation, by its name on the wire or its path of the domain. */
  public long duplicates(String operation) {
    return service.get().duplicates(operation) + domain.service(role).duplicates().of(operation);
  }

  @Override
  public String toString() {
    return role + " " + name + " at " + endpoint();
  }
}
