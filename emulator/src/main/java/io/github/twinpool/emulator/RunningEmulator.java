package io.github.twinpool.emulator;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.internal.tls.ServerCertificates;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An emulator at work: its listeners, and the pool and the app client made at start. */
final class RunningEmulator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CognitoEmulator.class);

  private final EmulatedCognito cognito;
  private final Pool pool;
  private final AppClient client;
  private final Listeners listeners;
  private final Neighbours neighbours;
  private final @Nullable ServerCertificates certificates;
  private final ControlSettings controlSettings;
  private @Nullable EmulatedDns dns;
  private @Nullable EmulatedControl control;
  private boolean closed;

  private RunningEmulator(
      EmulatedCognito cognito,
      Pool pool,
      AppClient client,
      Listeners listeners,
      Neighbours neighbours,
      @Nullable ServerCertificates certificates,
      ControlSettings controlSettings) {
    this.cognito = cognito;
    this.pool = pool;
    this.client = client;
    this.listeners = listeners;
    this.neighbours = neighbours;
    this.certificates = certificates;
    this.controlSettings = controlSettings;
  }

  static RunningEmulator start(CognitoEmulator.Builder builder) {
    String poolId =
        builder.poolId != null
            ? builder.poolId
            : new FreshNames(builder.random).poolId(builder.primaryRegion);
    // Refuses what does not go together before anything is started.
    UserPool.builder(poolId)
        .primaryRegion(builder.primaryRegion)
        .secondaryRegion(builder.secondaryRegion)
        .build();

    EmulatedCognito cognito =
        new EmulatedCognito(
            builder.clock,
            builder.random,
            builder.keys,
            Map.of(
                RegionRole.PRIMARY,
                builder.primaryRegion,
                RegionRole.SECONDARY,
                builder.secondaryRegion),
            new ReplicationLog(builder.clock, builder.replicationLag),
            builder.assumptions,
            builder.customChallenges,
            new Delays(builder.replicaDelay, builder.consistencyDelay));
    FirstPool first = new FirstPool(cognito, builder);
    Pool pool = first.make(poolId);
    AppClient client = first.client(poolId);
    // Its keys are asked for first of all, by probes that wait no longer than for the real service.
    pool.keys().published();
    HostNames names = names(cognito);
    ServerCertificates certificates =
        builder.https ? new ServerCertificates(List.copyOf(names.all()), builder.random) : null;
    Reach reach = certificates == null ? Reach.loopback() : Reach.https(certificates, names);
    Listeners listeners = listen(cognito, poolId, builder, reach);
    LOG.info(
        "Twinpool's Cognito emulator, for tests only: THIS IS NO AUTHENTICATION SERVICE."
            + " Pool {}, {}, {}, UPDATED issuer at {}",
        poolId,
        listeners.region(RegionRole.PRIMARY),
        listeners.region(RegionRole.SECONDARY),
        listeners.updatedIssuer());
    return new RunningEmulator(
        cognito,
        pool,
        client,
        listeners,
        new Neighbours(cognito, builder.nanoTime),
        certificates,
        builder.control());
  }

  private static HostNames names(EmulatedCognito cognito) {
    return new HostNames(
        Map.of(
            RegionRole.PRIMARY,
            cognito.region(RegionRole.PRIMARY),
            RegionRole.SECONDARY,
            cognito.region(RegionRole.SECONDARY)));
  }

  private static Listeners listen(
      EmulatedCognito cognito, String poolId, CognitoEmulator.Builder builder, Reach reach) {
    DomainHosts domain =
        new DomainHosts(
            cognito,
            poolId,
            new DomainHosts.Ports(
                builder.primaryDomainPort, builder.secondaryDomainPort, builder.customDomainPort),
            builder.nanoTime,
            reach);
    try {
      return new Listeners(
          cognito,
          builder.primaryPort,
          builder.secondaryPort,
          builder.updatedIssuerPort,
          domain,
          builder.nanoTime,
          reach);
    } catch (RuntimeException e) {
      domain.close();
      throw e;
    }
  }

  Listeners listeners() {
    return listeners;
  }

  Neighbours neighbours() {
    return neighbours;
  }

  EmulatedTls tls() {
    return new EmulatedTls(https());
  }

  synchronized EmulatedDns dns() {
    https();
    requireOpen();
    if (dns == null) {
      dns = new EmulatedDns(names(cognito), listeners, this::userPool, cognito.random());
    }
    return dns;
  }

  synchronized EmulatedControl control() {
    requireOpen();
    if (control == null) {
      String token = controlSettings.token().orElseGet(() -> cognito.names().clientSecret());
      ControlService service = new ControlService(listeners, token);
      control = new EmulatedControl(controlSettings.start(service), token);
    }
    return control;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The emulator is closed");
    }
  }

  private ServerCertificates https() {
    if (certificates == null) {
      throw new IllegalStateException("The emulator must be started with https(true)");
    }
    return certificates;
  }

  UserPool userPool() {
    return UserPool.builder(pool.id())
        .secondaryRegion(cognito.region(RegionRole.SECONDARY))
        .endpoint(RegionRole.PRIMARY, listeners.region(RegionRole.PRIMARY).endpoint())
        .endpoint(RegionRole.SECONDARY, listeners.region(RegionRole.SECONDARY).endpoint())
        .updatedIssuerEndpoint(listeners.updatedIssuer())
        .domain(FirstPool.prefix(pool))
        .domainEndpoint(RegionRole.PRIMARY, listeners.domain().prefix(RegionRole.PRIMARY))
        .domainEndpoint(RegionRole.SECONDARY, listeners.domain().prefix(RegionRole.SECONDARY))
        .build();
  }

  String clientId() {
    return client.id();
  }

  void replicationLag(Duration lag) {
    cognito.log().lag(Limits.duration("replicationLag", lag));
  }

  void createUser(String username, String password) {
    String email = username.contains("@") ? username : username + "@example.com";
    createUser(username, password, Map.of("email", email, "email_verified", "true"));
  }

  void createUser(String username, String password, Map<String, String> attributes) {
    if (username.isEmpty() || password.isEmpty()) {
      throw new IllegalArgumentException("username and password want at least one character");
    }
    try {
      AttributeRules.check(attributes);
      UserRecord user =
          UserRecord.fresh(
              username,
              cognito.names().sub(),
              cognito.stored(pool, username, password),
              UserStatus.CONFIRMED,
              attributes,
              cognito.now());
      pool.add(user, true, cognito.log());
    } catch (WireError e) {
      throw new IllegalArgumentException("username '" + username + "': " + e.text(), e);
    }
  }

  List<SentMessage> messages(String username) {
    return pool.user(RegionRole.PRIMARY, username)
        .map(user -> pool.outbox().messages(user.username()))
        .orElse(List.of());
  }

  List<ServedCall> served() {
    return cognito.served().calls();
  }

  Optional<String> confirmationCode(String username) {
    return pool.user(RegionRole.PRIMARY, username)
        .flatMap(user -> pool.outbox().last(user.username()));
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (dns != null) {
      dns.close();
    }
    if (control != null) {
      control.close();
    }
    neighbours.close();
    listeners.close();
  }
}
