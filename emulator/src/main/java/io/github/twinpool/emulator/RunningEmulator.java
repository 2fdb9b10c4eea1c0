package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.PoolsAtStart.Life;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An emulator at work: its listeners, and the pool and the app client made at start. */
final class RunningEmulator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CognitoEmulator.class);

  /** A start takes a second at most, and nearly always finds its keys made by then. */
  private static final Duration FOR_KEYS = Duration.ofMillis(300);

  private final PoolsAtStart pools;
  private final Listeners listeners;
  private final Neighbours neighbours;
  private volatile Life life;

  private RunningEmulator(
      PoolsAtStart pools, Life life, Listeners listeners, Neighbours neighbours) {
    this.pools = pools;
    this.life = life;
    this.listeners = listeners;
    this.neighbours = neighbours;
  }

  static RunningEmulator start(StartOptions options) {
    EmulatedCognito draft =
        new EmulatedCognito(
            options.clock,
            options.random,
            options.keys,
            Map.of(
                RegionRole.PRIMARY,
                options.primary(),
                RegionRole.SECONDARY,
                options.secondaryRegion),
            new ReplicationLog(options.clock, options.replicationLag),
            options.assumptions,
            options.customChallenges,
            new Delays(options.replicaDelay, options.consistencyDelay),
            new FreshNames(options.random).uuid());
    // Refuses what does not go together before anything is started.
    PoolsAtStart pools = PoolsAtStart.make(options, draft);
    Life life = pools.begin(draft.fresh());
    String poolId = life.pool().id();
    // Its keys are asked for first of all, by probes that wait no longer than for the real service.
    life.pool().keys().prepare(FOR_KEYS);
    Listeners listeners = listen(life.cognito(), poolId, options);
    LOG.info(
        "Twinpool's Cognito emulator, for tests only: THIS IS NO AUTHENTICATION SERVICE."
            + " Pool {}, {}, {}, UPDATED issuer at {}",
        poolId,
        listeners.region(RegionRole.PRIMARY),
        listeners.region(RegionRole.SECONDARY),
        listeners.updatedIssuer());
    return new RunningEmulator(
        pools, life, listeners, new Neighbours(life.cognito(), options.ports, options.nanoTime));
  }

  private static Listeners listen(EmulatedCognito cognito, String poolId, StartOptions options) {
    DomainHosts domain = new DomainHosts(cognito, poolId, options.ports, options.nanoTime);
    try {
      return new Listeners(cognito, options.ports, domain, options.nanoTime);
    } catch (RuntimeException e) {
      domain.close();
      throw e;
    }
  }

  /** Everything as it was right after the start, behind the same ports. */
  synchronized void reset() {
    neighbours.requireOpen();
    listeners.recover();
    Life next = pools.begin(life.cognito().fresh());
    life = next;
    listeners.serve(next.cognito());
    neighbours.serve(next.cognito());
  }

  Listeners listeners() {
    return listeners;
  }

  Neighbours neighbours() {
    return neighbours;
  }

  UserPool userPool() {
    return UserPool.builder(life.pool().id())
        .secondaryRegion(life.cognito().region(RegionRole.SECONDARY))
        .endpoint(RegionRole.PRIMARY, listeners.region(RegionRole.PRIMARY).endpoint())
        .endpoint(RegionRole.SECONDARY, listeners.region(RegionRole.SECONDARY).endpoint())
        .updatedIssuerEndpoint(listeners.updatedIssuer())
        .domain(FirstPool.prefix(life.pool()))
        .domainEndpoint(RegionRole.PRIMARY, listeners.domain().prefix(RegionRole.PRIMARY))
        .domainEndpoint(RegionRole.SECONDARY, listeners.domain().prefix(RegionRole.SECONDARY))
        .build();
  }

  Optional<URI> domain(Function<DomainHosts, Optional<URI>> which) {
    try {
      return which.apply(listeners.domain());
    } catch (WireError e) {
      throw new IllegalStateException(e.text(), e);
    }
  }

  String clientId() {
    return life.client().id();
  }

  Optional<String> clientSecret() {
    return life.client().secrets().first();
  }

  Set<String> clientIds() {
    return life.clientIds();
  }

  void replicationLag(Duration lag) {
    life.cognito().log().lag(Limits.duration("replicationLag", lag));
  }

  void createUser(String username, String password) {
    createUser(username, password, StartPool.emailOf(username));
  }

  void createUser(String username, String password, Map<String, String> attributes) {
    if (username.isEmpty() || password.isEmpty()) {
      throw new IllegalArgumentException("username and password want at least one character");
    }
    EmulatedCognito cognito = life.cognito();
    Pool pool = life.pool();
    try {
      AttributeRules rules = AttributeRules.of(pool.settings(RegionRole.PRIMARY).schema());
      UserRecord user =
          UserRecord.fresh(
              username,
              cognito.names().sub(),
              cognito.stored(pool, username, password),
              UserStatus.CONFIRMED,
              rules.forNewUser(attributes),
              cognito.now());
      pool.add(user, true, false);
    } catch (WireError e) {
      throw new IllegalArgumentException("username '" + username + "': " + e.text(), e);
    }
  }

  List<SentMessage> messages(String username) {
    Pool pool = life.pool();
    return pool.user(RegionRole.PRIMARY, username)
        .map(user -> pool.outbox().messages(user.username()))
        .orElse(List.of());
  }

  List<ServedCall> served() {
    return life.cognito().served().calls();
  }

  Optional<String> confirmationCode(String username) {
    Pool pool = life.pool();
    return pool.user(RegionRole.PRIMARY, username)
        .flatMap(user -> pool.outbox().last(user.username()));
  }

  @Override
  public void close() {
    neighbours.close();
    listeners.close();
  }
}
