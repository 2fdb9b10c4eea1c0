package io.github.twinpool.token;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TokenValidator} has at one moment. Immutable; for health checks and dashboards.
 *
 * @param ready whether every pool can validate without waiting for the network
 * @param pools the pools, in the builder's order
 * @param cache the cache of tokens, null when it is turned off
 * @param rejections how many tokens were refused since the start, by code; without the codes that
 *     there were none of
 */
public record ValidatorStatus(
    boolean ready, List<Pool> pools, @Nullable Cache cache, Map<RejectionCode, Long> rejections) {
  /** Copies the collections. */
  public ValidatorStatus {
    pools = List.copyOf(pools);
    rejections = Map.copyOf(rejections);
  }

  /**
   * One pool.
   *
   * @param id the pool's ID
   * @param ready whether its tokens can be validated without waiting for the network
   * @param age the time since keys were fetched successfully, null if they never were
   * @param keys the fetched keys that are accepted, by ID
   * @param staticKeys how many keys are accepted because the application says so
   * @param sources where keys are fetched, in the configured order
   */
  public record Pool(
      String id,
      boolean ready,
      @Nullable Duration age,
      List<Key> keys,
      int staticKeys,
      List<Source> sources) {
    /** Copies the lists. */
    public Pool {
      keys = List.copyOf(keys);
      sources = List.copyOf(sources);
    }
  }

  /**
   * One key.
   *
   * @param id the {@code kid}
   * @param source who published it last
   * @param age the time since then
   * @param removed whether the sources have stopped publishing it, so that it will die soon
   */
  public record Key(String id, URI source, Duration age, boolean removed) {
    /** Without the query of the source, which can be a signature. */
    @Override
    public String toString() {
      return "Key[id="
          + id
          + ", source="
          + Checks.withoutQuery(source)
          + ", age="
          + age
          + ", removed="
          + removed
          + "]";
    }
  }

  /**
   * One source of keys.
   *
   * @param uri where it is
   * @param sinceSuccess the time since it last gave keys, null if it never did
   * @param failure how it failed since then, null if it did not
   */
  public record Source(
      URI uri, @Nullable Duration sinceSuccess, @Nullable KeySourceFailure failure) {
    /** Without the query of the address, which can be a signature. */
    @Override
    public String toString() {
      return "Source[uri="
          + Checks.withoutQuery(uri)
          + ", sinceSuccess="
          + sinceSuccess
          + ", failure="
          + failure
          + "]";
    }
  }

  /**
   * The cache of tokens.
   *
   * @param tokens how many it has, about
   * @param bytes how much memory they take, estimated
   * @param hits how many look-ups have found a token, which still has to pass all checks but the
   *     signature's
   * @param misses how many have not
   */
  public record Cache(long tokens, long bytes, long hits, long misses) {}
}
