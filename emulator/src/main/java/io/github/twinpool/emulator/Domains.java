package io.github.twinpool.emulator;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which pool has a domain, and where it answers. Thread-safe. */
final class Domains {
  private final Map<String, URI> byPool = new ConcurrentHashMap<>();

  void add(String poolId, URI domain) {
    byPool.put(poolId, domain);
  }

  Optional<URI> of(String poolId) {
    return Optional.ofNullable(byPool.get(poolId));
  }
}
