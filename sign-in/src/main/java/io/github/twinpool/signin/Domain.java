package io.github.twinpool.signin;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The hosts of a pool's domain, and which of them is asked first: the serving Region's, unless it
 * has just failed and the other one has not. A custom domain is one host, which Cognito itself
 * fails over. Thread-safe.
 */
final class Domain {
  /** How long a host that failed is asked last. */
  private static final Duration SHUNNED = Duration.ofSeconds(30);

  private final UserPool pool;
  private final Supplier<RegionRole> serving;
  private final LongSupplier nanoTime;
  private final List<RegionRole> hosts;
  private final Map<RegionRole, Long> failures = new EnumMap<>(RegionRole.class);

  /**
   * @param serving the Region that serves now, as the failover sees it
   */
  Domain(UserPool pool, Supplier<RegionRole> serving, LongSupplier nanoTime) {
    this.pool = pool;
    this.serving = serving;
    this.nanoTime = nanoTime;
    boolean severalHosts = pool.roles().stream().map(this::host).distinct().count() > 1;
    hosts = severalHosts ? pool.roles() : List.of(RegionRole.PRIMARY);
  }

  /** The Regions whose hosts may be asked, in the order in which to ask them. */
  List<RegionRole> order() {
    if (hosts.size() == 1) {
      return hosts;
    }
    RegionRole first = serving.get();
    RegionRole other = first == RegionRole.PRIMARY ? RegionRole.SECONDARY : RegionRole.PRIMARY;
    return shunned(first) && !shunned(other) ? List.of(other, first) : List.of(first, other);
  }

  /** An endpoint of the domain at a Region's host. */
  URI at(RegionRole role, String path) {
    return host(role).resolve(path);
  }

  String region(RegionRole role) {
    return pool.region(role);
  }

  private URI host(RegionRole role) {
    return pool.domain(role)
        .orElseThrow(() -> new IllegalArgumentException("userPool: " + pool + " has no domain"));
  }

  void answered(RegionRole role) {
    synchronized (failures) {
      failures.remove(role);
    }
  }

  void failed(RegionRole role) {
    synchronized (failures) {
      failures.put(role, nanoTime.getAsLong());
    }
  }

  private boolean shunned(RegionRole role) {
    synchronized (failures) {
      Long since = failures.get(role);
      return since != null && nanoTime.getAsLong() - since < SHUNNED.toNanos();
    }
  }
}
