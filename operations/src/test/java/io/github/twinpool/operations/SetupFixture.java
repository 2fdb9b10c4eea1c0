package io.github.twinpool.operations;

import io.github.twinpool.IssuerType;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.TestEmulators;
import io.github.twinpool.failover.FailoverPolicy;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RoutingType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolReplicaType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;
import software.amazon.awssdk.services.route53.model.HealthCheckType;

/** An emulated pool whose surroundings take their time, a clock that gives it, and clients. */
final class SetupFixture implements AutoCloseable {
  static final HealthCheckConfig CHECK =
      HealthCheckConfig.builder()
          .type(HealthCheckType.HTTPS)
          .fullyQualifiedDomainName("health.example.com")
          .resourcePath("/health")
          .requestInterval(10)
          .failureThreshold(3)
          .build();
  static final String TRIGGER = "arn:aws:lambda:us-west-2:123456789012:function:sign-up";

  /** Fails over and back within seconds. */
  static final FailoverPolicy HASTY =
      FailoverPolicy.builder()
          .dwell(Duration.ofSeconds(1))
          .failbackStep(Duration.ofMillis(300))
          .probeInterval(Duration.ofMillis(500))
          .suspectProbeInterval(Duration.ofMillis(200))
          .build();

  final ManualClock clock = new ManualClock();
  final CognitoEmulator emulator;
  final AwsClients clients;
  final CognitoIdentityProviderClient primary;
  final CognitoIdentityProviderClient secondary;

  /** A pool of one Region; a replica takes half a minute, and what is made is seen 5 s later. */
  SetupFixture() {
    this(
        TestEmulators.builder()
            .singleRegion(true)
            .pendingCreate(true)
            .replicaDelay(Duration.ofSeconds(30))
            .consistencyDelay(Duration.ofSeconds(5)));
  }

  SetupFixture(CognitoEmulator.Builder builder) {
    emulator = builder.clock(clock).start();
    clients = clients(new RecordedCalls());
    primary = clients.cognito(RegionRole.PRIMARY);
    secondary = clients.cognito(RegionRole.SECONDARY);
  }

  /** Clients whose pauses are the clock's, and take no time. */
  AwsClients clients(RecordedCalls calls) {
    return clients(emulator.userPool(), calls);
  }

  /** The same for another pool of the emulator. */
  AwsClients clients(UserPool pool, RecordedCalls calls) {
    return AwsClients.builder(pool)
        .time(clock, clock::nanoTime, clock::pause)
        .credentials(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example")))
        .configuration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .apiCallTimeout(Duration.ofSeconds(10))
                .addExecutionInterceptor(calls)
                .build())
        .kmsEndpoint(RegionRole.PRIMARY, emulator.kms(RegionRole.PRIMARY).endpoint())
        .kmsEndpoint(RegionRole.SECONDARY, emulator.kms(RegionRole.SECONDARY).endpoint())
        .wafEndpoint(RegionRole.PRIMARY, emulator.waf(RegionRole.PRIMARY).endpoint())
        .wafEndpoint(RegionRole.SECONDARY, emulator.waf(RegionRole.SECONDARY).endpoint())
        .route53Endpoint(emulator.route53().endpoint())
        .build();
  }

  /** A set-up that asks for nothing. */
  ReplicationSetupBuilder asking(AwsClients asked) {
    return ReplicationSetup.builder(asked);
  }

  /** A set-up that asks for everything. */
  ReplicationSetup everything(AwsClients asked) {
    return asking(asked)
        .manageKey(true)
        .issuer(IssuerType.UPDATED)
        .healthCheck(CHECK)
        .secondarySettings(pool -> pool.lambdaConfig(triggers -> triggers.preSignUp(TRIGGER)))
        .build();
  }

  String id() {
    return emulator.userPool().id();
  }

  UserPoolType described(CognitoIdentityProviderClient client) {
    return client.describeUserPool(it -> it.userPoolId(id())).userPool();
  }

  List<String> replicas() {
    return primary.listUserPoolReplicas(it -> it.userPoolId(id())).userPoolReplicas().stream()
        .map(UserPoolReplicaType::statusAsString)
        .toList();
  }

  RoutingType routing(String domain) {
    return primary.describeUserPoolDomain(it -> it.domain(domain)).domainDescription().routing();
  }

  int keys(RegionRole role) {
    return clients.kms(role).listKeys().keys().size();
  }

  @Override
  public void close() {
    clients.close();
    emulator.close();
  }
}
