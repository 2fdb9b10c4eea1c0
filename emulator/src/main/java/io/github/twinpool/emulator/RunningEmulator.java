package io.github.twinpool.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An emulator at work: its listeners, and the pool and the app client made at start. */
final class RunningEmulator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CognitoEmulator.class);

  /** Without a key like this no pool can have a replica. */
  private static final String MULTI_REGION_KEY = "mrk-00000000000000000000000000000000";

  private static final String CUSTOM_DOMAIN = "login.example.test";

  private final EmulatedCognito cognito;
  private final Pool pool;
  private final AppClient client;
  private final Listeners listeners;
  private final Neighbours neighbours;

  private RunningEmulator(
      EmulatedCognito cognito,
      Pool pool,
      AppClient client,
      Listeners listeners,
      Neighbours neighbours) {
    this.cognito = cognito;
    this.pool = pool;
    this.client = client;
    this.listeners = listeners;
    this.neighbours = neighbours;
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
    Pool pool = firstPool(cognito, poolId, builder);
    firstDomains(cognito, pool, builder);
    AppClient client = firstClient(cognito, poolId);
    Listeners listeners = listen(cognito, poolId, builder);
    LOG.info(
        "Twinpool's Cognito emulator, for tests only: THIS IS NO AUTHENTICATION SERVICE."
            + " Pool {}, {}, {}, UPDATED issuer at {}",
        poolId,
        listeners.region(RegionRole.PRIMARY),
        listeners.region(RegionRole.SECONDARY),
        listeners.updatedIssuer());
    return new RunningEmulator(
        cognito, pool, client, listeners, new Neighbours(cognito, builder.nanoTime));
  }

  private static Listeners listen(
      EmulatedCognito cognito, String poolId, CognitoEmulator.Builder builder) {
    DomainHosts domain =
        new DomainHosts(
            cognito,
            poolId,
            new DomainHosts.Ports(
                builder.primaryDomainPort, builder.secondaryDomainPort, builder.customDomainPort),
            builder.nanoTime);
    try {
      return new Listeners(
          cognito,
          builder.primaryPort,
          builder.secondaryPort,
          builder.updatedIssuerPort,
          domain,
          builder.nanoTime);
    } catch (RuntimeException e) {
      domain.close();
      throw e;
    }
  }

  private static Pool firstPool(
      EmulatedCognito cognito, String poolId, CognitoEmulator.Builder builder) {
    ObjectNode request = WireJson.object().put("PoolName", "twinpool");
    request
        .withObject("/Policies/SignInPolicy")
        .putArray("AllowedFirstAuthFactors")
        .add("PASSWORD")
        .add("EMAIL_OTP")
        .add("SMS_OTP")
        .add("WEB_AUTHN");
    if (builder.emailAlias) {
      request.putArray("AliasAttributes").add("email");
    }
    request.putObject("IssuerConfiguration").put("Type", builder.issuerType.name());
    if (!builder.singleRegion) {
      request
          .putObject("KeyConfiguration")
          .put("KeyType", "CUSTOMER_MANAGED_KEY")
          .put("KmsKeyArn", firstKey(cognito));
    }
    Pool pool =
        cognito.createPool(poolId, PoolSettings.created(new JsonRequest(request), cognito.now()));
    if (builder.replicaStatus != null && !builder.singleRegion) {
      pool.replica().begin(builder.replicaStatus);
    }
    return pool;
  }

  /** The ARN of a new multi-Region key with its replica. */
  private static String firstKey(EmulatedCognito cognito) {
    String primary = cognito.region(RegionRole.PRIMARY);
    for (RegionRole role : RegionRole.values()) {
      cognito
          .keys()
          .add(
              role,
              new KmsKey(
                  MULTI_REGION_KEY,
                  cognito.region(role),
                  primary,
                  "Enabled",
                  KeyPolicy.forCognito(),
                  Map.of(),
                  WireJson.object()
                      .put("KeyUsage", "ENCRYPT_DECRYPT")
                      .put("KeySpec", "SYMMETRIC_DEFAULT")
                      .put("Origin", "AWS_KMS"),
                  cognito.now(),
                  cognito.now()));
    }
    return KmsKey.arn(primary, MULTI_REGION_KEY);
  }

  /** A prefix domain and a custom one, of which the custom one is failed over. */
  private static void firstDomains(
      EmulatedCognito cognito, Pool pool, CognitoEmulator.Builder builder) {
    ObjectNode prefix = WireJson.object().put("Domain", prefix(pool)).put("ManagedLoginVersion", 2);
    ObjectNode custom =
        WireJson.object().put("Domain", CUSTOM_DOMAIN).put("ManagedLoginVersion", 2);
    custom
        .putObject("CustomDomainConfig")
        .put("CertificateArn", "arn:aws:acm:us-east-1:123456789012:certificate/twinpool");
    if (!builder.singleRegion) {
      ObjectNode routing = WireJson.object();
      routing
          .putObject("Failover")
          .put("SecondaryRegion", builder.secondaryRegion)
          .put("PrimaryRoute53HealthCheckId", cognito.healthChecks().first().id());
      custom.set(PoolDomain.ROUTING, routing);
      if (builder.domainFailover) {
        prefix.set(PoolDomain.ROUTING, routing);
      }
    }
    for (ObjectNode domain : List.of(prefix, custom)) {
      cognito
          .domains()
          .put(
              RegionRole.PRIMARY,
              PoolDomain.of(
                  pool, new JsonRequest(domain), builder.secondaryRegion, cognito.healthChecks()));
    }
  }

  private static String prefix(Pool pool) {
    return "twinpool-test-" + pool.name().toLowerCase(Locale.ROOT);
  }

  private static AppClient firstClient(EmulatedCognito cognito, String poolId) {
    ObjectNode request =
        WireJson.object()
            .put("ClientName", "twinpool")
            .put("PreventUserExistenceErrors", "ENABLED");
    request
        .putArray("ExplicitAuthFlows")
        .add("ALLOW_USER_SRP_AUTH")
        .add("ALLOW_USER_AUTH")
        .add("ALLOW_CUSTOM_AUTH")
        .add("ALLOW_USER_PASSWORD_AUTH")
        .add("ALLOW_ADMIN_USER_PASSWORD_AUTH")
        .add("ALLOW_REFRESH_TOKEN_AUTH");
    AppClient client =
        AppClient.of(
            new JsonRequest(request),
            cognito.names().clientId(),
            ClientSecrets.NONE,
            poolId,
            cognito.now());
    return cognito.add(client, true);
  }

  Listeners listeners() {
    return listeners;
  }

  Neighbours neighbours() {
    return neighbours;
  }

  UserPool userPool() {
    return UserPool.builder(pool.id())
        .secondaryRegion(cognito.region(RegionRole.SECONDARY))
        .endpoint(RegionRole.PRIMARY, listeners.region(RegionRole.PRIMARY).endpoint())
        .endpoint(RegionRole.SECONDARY, listeners.region(RegionRole.SECONDARY).endpoint())
        .updatedIssuerEndpoint(listeners.updatedIssuer())
        .domain(prefix(pool))
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
  public void close() {
    neighbours.close();
    listeners.close();
  }
}
