package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The domains of all pools, as each Region knows them: a prefix domain belongs to the Region that
 * made it, a custom domain to the primary. Thread-safe.
 */
final class Domains {
  private final Map<RegionRole, Map<String, PoolDomain>> byName = new EnumMap<>(RegionRole.class);
  private volatile Hosts hosts = Hosts.NONE;

  /** Where domains answer. */
  interface Hosts {
    Hosts NONE =
        new Hosts() {
          @Override
          public Optional<URI> prefix(String poolId, RegionRole role) {
            return Optional.empty();
          }

          @Override
          public Optional<URI> custom(String poolId) {
            return Optional.empty();
          }

          @Override
          public void follow() {}
        };

    /** The prefix host of a pool in a Region; empty if the pool has no prefix domain. */
    Optional<URI> prefix(String poolId, RegionRole role);

    /** The custom domain of a pool, if it has one. */
    Optional<URI> custom(String poolId);

    /** Is told each time that a domain has changed. */
    void follow();
  }

  Domains() {
    for (RegionRole role : RegionRole.values()) {
      byName.put(role, new ConcurrentHashMap<>());
    }
  }

  void hosts(Hosts all) {
    hosts = all;
  }

  Hosts hosts() {
    return hosts;
  }

  /** Where a pool's domain answers in the first place, if it has one. */
  Optional<URI> endpoint(String poolId) {
    return hosts.prefix(poolId, RegionRole.PRIMARY).or(() -> hosts.custom(poolId));
  }

  private Map<String, PoolDomain> in(RegionRole role) {
    return Objects.requireNonNull(byName.get(role));
  }

  void put(RegionRole role, PoolDomain domain) {
    in(role).put(domain.name(), domain);
    hosts.follow();
  }

  void remove(RegionRole role, PoolDomain domain) {
    in(role).remove(domain.name());
    hosts.follow();
  }

  /**
   * A domain as a Region knows it. (Source: API reference, DescribeUserPoolDomain: a prefix domain
   * is described in the Region where it was made only.)
   */
  Optional<PoolDomain> of(RegionRole role, String name) {
    return Optional.ofNullable(in(role).get(name))
        .or(() -> Optional.ofNullable(in(RegionRole.PRIMARY).get(name)).filter(PoolDomain::custom));
  }

  /** Whether any pool has a domain of this name. */
  boolean taken(String name) {
    return byName.values().stream().anyMatch(domains -> domains.containsKey(name));
  }

  /** Whether a pool has a domain in either Region. */
  boolean any(String poolId) {
    return byName.values().stream()
        .flatMap(domains -> domains.values().stream())
        .anyMatch(domain -> domain.poolId().equals(poolId));
  }

  /** A pool's prefix domain or its custom domain, as a Region knows it. */
  Optional<PoolDomain> of(RegionRole role, String poolId, boolean custom) {
    return in(custom ? RegionRole.PRIMARY : role).values().stream()
        .filter(domain -> domain.poolId().equals(poolId) && domain.custom() == custom)
        .findFirst();
  }

  /** Adds what DescribeUserPool says of a pool's domains. */
  void describe(String poolId, RegionRole role, ObjectNode pool) {
    of(role, poolId, false).ifPresent(domain -> pool.put("Domain", domain.name()));
    of(role, poolId, true).ifPresent(domain -> pool.put("CustomDomain", domain.name()));
  }
}
