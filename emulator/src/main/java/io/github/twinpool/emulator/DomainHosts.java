package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The hosts of all pools' domains. Those of the pool made at start are there from the start. Those
 * of other pools begin to listen when they are first asked for, since most pools of a test need
 * none, and end with the domain. A host suffers what the Region that answers there suffers.
 * Thread-safe.
 */
final class DomainHosts implements Domains.Hosts, AutoCloseable {
  /** Besides those of the pool made at start. Each has some threads. */
  private static final int MOST = 200;

  private final LongSupplier nanoTime;
  private volatile EmulatedCognito cognito;
  private volatile Map<RegionRole, DomainService> services;
  private final Map<RegionRole, Outage> outages = new EnumMap<>(RegionRole.class);
  private final Map<RegionRole, Duration> latencies = new EnumMap<>(RegionRole.class);
  private final PoolHosts first;
  private final Map<String, PoolHosts> others = new HashMap<>();
  private boolean closed;

  /**
   * Listens at the first pool's hosts, on all ports or on none.
   *
   * @throws java.io.UncheckedIOException naming the port, if one cannot be had
   */
  DomainHosts(EmulatedCognito cognito, String firstPoolId, Ports ports, LongSupplier nanoTime) {
    this.cognito = cognito;
    this.nanoTime = nanoTime;
    services = services(cognito);
    for (RegionRole role : RegionRole.values()) {
      outages.put(role, Outage.none());
      latencies.put(role, Duration.ZERO);
    }
    first = new PoolHosts(cognito, firstPoolId, services, nanoTime);
    try {
      first.listen(PoolHosts.Host.PRIMARY_PREFIX, ports.of(Ports.Listener.PRIMARY_DOMAIN));
      first.listen(PoolHosts.Host.SECONDARY_PREFIX, ports.of(Ports.Listener.SECONDARY_DOMAIN));
      first.listen(PoolHosts.Host.CUSTOM, ports.of(Ports.Listener.CUSTOM_DOMAIN));
    } catch (RuntimeException e) {
      first.close();
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

  /** Answers from another Cognito from now on, and follows its domains and health checks. */
  synchronized void serve(EmulatedCognito next) {
    cognito.domains().hosts(Domains.Hosts.NONE);
    cognito.healthChecks().listener(() -> {});
    cognito = next;
    services = services(next);
    first.serve(next, services);
    others.values().forEach(hosts -> hosts.serve(next, services));
    watch(next);
  }

  private void watch(EmulatedCognito watched) {
    watched.domains().hosts(this);
    watched.healthChecks().listener(this::follow);
    follow();
  }

  /** A Region's side of the domains. */
  DomainService service(RegionRole role) {
    return Objects.requireNonNull(services.get(role));
  }

  /** The first pool's prefix host of a Region. */
  URI prefix(RegionRole role) {
    return first.uri(PoolHosts.Host.prefix(role)).orElseThrow();
  }

  /** The first pool's custom domain. */
  URI custom() {
    return first.uri(PoolHosts.Host.CUSTOM).orElseThrow();
  }

  /** That a prefix domain has a host in the other Region, too, is an assumption. */
  @Override
  public Optional<URI> prefix(String poolId, RegionRole role) {
    boolean exists =
        cognito.domains().of(role, poolId, false).isPresent()
            || cognito.domains().of(role.other(), poolId, false).isPresent();
    return at(poolId, PoolHosts.Host.prefix(role), exists);
  }

  @Override
  public Optional<URI> custom(String poolId) {
    boolean exists = cognito.domains().of(RegionRole.PRIMARY, poolId, true).isPresent();
    return at(poolId, PoolHosts.Host.CUSTOM, exists);
  }

  private synchronized Optional<URI> at(String poolId, PoolHosts.Host host, boolean exists) {
    if (poolId.equals(first.poolId())) {
      return first.uri(host);
    }
    if (closed || !exists) {
      return Optional.empty();
    }
    PoolHosts hosts =
        others.computeIfAbsent(poolId, id -> new PoolHosts(cognito, id, services, nanoTime));
    if (hosts.uri(host).isEmpty()) {
      if (others.values().stream().mapToInt(PoolHosts::size).sum() >= MOST) {
        throw WireError.limitExceeded("The emulator listens at " + MOST + " domains at most.");
      }
      hosts.listen(host, 0);
      hosts.follow(outages, latencies);
    }
    return hosts.uri(host);
  }

  /** Follows domains and their health checks, when either may have changed. */
  @Override
  public synchronized void follow() {
    for (PoolHosts hosts : others.values()) {
      boolean prefix =
          cognito.domains().of(RegionRole.PRIMARY, hosts.poolId(), false).isPresent()
              || cognito.domains().of(RegionRole.SECONDARY, hosts.poolId(), false).isPresent();
      boolean custom = cognito.domains().of(RegionRole.PRIMARY, hosts.poolId(), true).isPresent();
      hosts.keep(prefix, custom);
    }
    others.values().removeIf(hosts -> hosts.size() == 0);
    apply();
  }

  private void apply() {
    first.follow(outages, latencies);
    others.values().forEach(hosts -> hosts.follow(outages, latencies));
  }

  /** What a Region's side of the domains suffers from now on. */
  synchronized void outage(RegionRole role, Outage outage) {
    outages.put(role, outage);
    apply();
  }

  synchronized void latency(RegionRole role, Duration base) {
    latencies.put(role, base);
    apply();
  }

  @Override
  public synchronized void close() {
    closed = true;
    first.close();
    others.values().forEach(PoolHosts::close);
  }
}
