package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The state behind both Regions: pools, app clients, and the replication between. Thread-safe. */
final class EmulatedCognito {
  /** What an account may have. (Source: Cognito developer guide, quotas.) */
  private static final int MAX_POOLS = 1_000;

  private static final int MAX_CLIENTS = 10_000;

  private final InstantSource clock;
  private final SecureRandom random;
  private final Function<SecureRandom, PoolKeys> keys;
  private final FreshNames names;
  private final PasswordHash nobodysHash;
  private final Map<RegionRole, String> regions;
  private final Assumptions assumptions;
  private final List<CustomChallenge> customChallenges;
  private final Delays delays;
  private final ReplicationLog log;
  private final ReplicatedMap<AppClient> clients;
  private final NavigableMap<String, Pool> pools = new ConcurrentSkipListMap<>();
  private final Sealer sealer;
  private final Duplicates duplicates = new Duplicates();
  private final RepeatedAnswers answers = new RepeatedAnswers();
  private final ServedCalls served = new ServedCalls();
  private final Domains domains = new Domains();
  private final ProvisionedLimits provisionedLimits = new ProvisionedLimits();
  private final KmsKeys kmsKeys;
  private final HealthChecks healthChecks;
  private final ProviderHttp providerHttp = new ProviderHttp();
  private final Map<SocialProvider, URI> counterparts = new ConcurrentHashMap<>();

  /**
   * No pools yet.
   *
   * @param keys makes the keys of a new pool
   * @param regions the names of both
   * @param healthCheckId what the health check made at start is called
   */
  EmulatedCognito(
      InstantSource clock,
      SecureRandom random,
      Function<SecureRandom, PoolKeys> keys,
      Map<RegionRole, String> regions,
      ReplicationLog log,
      Assumptions assumptions,
      List<CustomChallenge> customChallenges,
      Delays delays,
      String healthCheckId) {
    this.clock = clock;
    this.random = random;
    this.keys = keys;
    names = new FreshNames(random);
    sealer = Sealer.fresh(random);
    nobodysHash = PasswordHash.of(names.password(), random);
    this.regions = Map.copyOf(regions);
    this.log = log;
    this.assumptions = assumptions;
    this.customChallenges = List.copyOf(customChallenges);
    this.delays = delays;
    kmsKeys = new KmsKeys(clock, regions);
    healthChecks = new HealthChecks(names, healthCheckId);
    clients = new ReplicatedMap<>(log);
  }

  /** The same Cognito on its first day: of all that has happened since, nothing is there. */
  EmulatedCognito fresh() {
    return new EmulatedCognito(
        clock,
        random,
        keys,
        regions,
        log.fresh(),
        assumptions,
        customChallenges,
        delays,
        healthChecks.first().id());
  }

  Instant now() {
    return clock.instant();
  }

  String region(RegionRole role) {
    return Objects.requireNonNull(regions.get(role));
  }

  ReplicationLog log() {
    return log;
  }

  Assumptions assumptions() {
    return assumptions;
  }

  List<CustomChallenge> customChallenges() {
    return customChallenges;
  }

  SecureRandom random() {
    return random;
  }

  RepeatedAnswers answers() {
    return answers;
  }

  ServedCalls served() {
    return served;
  }

  Domains domains() {
    return domains;
  }

  ProvisionedLimits provisionedLimits() {
    return provisionedLimits;
  }

  /** Where a pool's domain answers, if it has one. */
  Optional<URI> domain(Pool pool) {
    return domains.endpoint(pool.id());
  }

  KmsKeys keys() {
    return kmsKeys;
  }

  HealthChecks healthChecks() {
    return healthChecks;
  }

  /** How identity providers are reached. */
  ProviderHttp providerHttp() {
    return providerHttp;
  }

  /** Where the social providers that were started answer. */
  Map<SocialProvider, URI> counterparts() {
    return counterparts;
  }

  Delays delays() {
    return delays;
  }

  InstantSource clock() {
    return clock;
  }

  Duplicates duplicates() {
    return duplicates;
  }

  /**
   * Makes a pool in the primary Region.
   *
   * @throws WireError a LimitExceededException
   */
  Pool createPool(String id, PoolSettings settings) {
    return createPool(id, settings, keys.apply(random));
  }

  /**
   * Makes a pool in the primary Region that has its keys already.
   *
   * @throws WireError a LimitExceededException
   */
  synchronized Pool createPool(String id, PoolSettings settings, PoolKeys poolKeys) {
    if (pools.size() >= MAX_POOLS) {
      throw WireError.limitExceeded("The emulator keeps at most " + MAX_POOLS + " user pools.");
    }
    Pool pool = new Pool(id, settings, poolKeys, random, log, assumptions, delays);
    pools.put(id, pool);
    return pool;
  }

  Collection<Pool> pools() {
    return pools.values();
  }

  Optional<Pool> pool(String id) {
    return Optional.ofNullable(pools.get(id));
  }

  /** Pools after an ID, in the order of their IDs. */
  Stream<Pool> poolsAfter(String id) {
    return pools.tailMap(id, false).values().stream();
  }

  /** Removes a pool with its app clients, in both Regions at once. */
  void remove(Pool pool) {
    pools.remove(pool.id());
    for (AppClient client : clientsAfter(RegionRole.PRIMARY, pool.id(), "", MAX_CLIENTS)) {
      clients.remove(client.id());
    }
  }

  /** Seals what is no pool's own. */
  Sealer sealer() {
    return sealer;
  }

  /** App clients of a pool as a Region sees them, after an ID, in the order of their IDs. */
  List<AppClient> clientsAfter(RegionRole role, String poolId, String id, int limit) {
    return clients.after(role, id, MAX_CLIENTS).stream()
        .filter(client -> client.poolId().equals(poolId))
        .limit(limit)
        .toList();
  }

  /** An app client as a Region sees it. */
  Optional<AppClient> client(RegionRole role, String id) {
    return clients.get(role, id);
  }

  /**
   * Adds an app client.
   *
   * @param everywhere whether both Regions see it at once
   * @throws WireError a LimitExceededException
   */
  AppClient add(AppClient client, boolean everywhere) {
    if (clients.size(RegionRole.PRIMARY) >= MAX_CLIENTS) {
      throw WireError.limitExceeded("The emulator keeps at most " + MAX_CLIENTS + " app clients.");
    }
    if (everywhere) {
      clients.putEverywhere(client.id(), client);
    } else {
      clients.put(client.id(), client);
    }
    return client;
  }

  /**
   * Changes an app client.
   *
   * @throws WireError a ResourceNotFoundException
   */
  AppClient update(String id, UnaryOperator<AppClient> change) {
    return clients.update(id, change).orElseThrow(() -> WireError.noSuchClient(id));
  }

  /** Removes an app client. */
  void remove(AppClient client) {
    clients.remove(client.id());
  }

  FreshNames names() {
    return names;
  }

  /** A hash that no password has, to spend on unknown users the time that known ones cost. */
  PasswordHash nobodysHash() {
    return nobodysHash;
  }

  StoredPassword stored(Pool pool, String username, String password) {
    return StoredPassword.of(pool.name(), username, password, random, now());
  }

  /** What a user without a password has. */
  StoredPassword noPassword(Pool pool, String username) {
    return stored(pool, username, names.password()).unknown();
  }
}
