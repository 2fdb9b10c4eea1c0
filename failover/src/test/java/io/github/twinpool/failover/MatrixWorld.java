package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.EmulatedRegion;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.emulator.TestEmulators;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;

/** Two emulated Regions, the secondary 70 ms away, and a routed client with the default policy. */
final class MatrixWorld implements AutoCloseable {
  private static final Duration TO_SECONDARY = Duration.ofMillis(70);
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example"));

  private final CognitoEmulator emulator;
  private final MultiRegionCognito cognito;
  private final String accessToken;
  private final Queue<Moment> transitions = new ConcurrentLinkedQueue<>();
  private final AtomicInteger moves = new AtomicInteger();

  /**
   * @param nanos when it was told
   */
  record Moment(Transition transition, long nanos) {}

  MatrixWorld(MatrixRow row) {
    emulator = row.emulator().apply(TestEmulators.builder()).start();
    emulator.region(RegionRole.SECONDARY).latency(TO_SECONDARY);
    for (String user : new String[] {TwoRegions.USER, "grace", "edsger"}) {
      emulator.createUser(user, TwoRegions.PASSWORD);
    }
    accessToken = tokenOfThePrimary();
    row.beforeBoot().accept(this);
    cognito = build(row);
  }

  private MultiRegionCognito build(MatrixRow row) {
    UserPool.Builder pool = emulator.userPool().toBuilder();
    row.pool().accept(pool, emulator);
    return row.client()
        .apply(
            MultiRegionCognito.builder(pool.build())
                .policy(row.policy())
                .clients(client -> client.credentialsProvider(CREDENTIALS))
                .asyncClients(client -> client.credentialsProvider(CREDENTIALS))
                .listener(new Watch()))
        .build();
  }

  private String tokenOfThePrimary() {
    try (CognitoIdentityProviderClient plain =
        CognitoIdentityProviderClient.builder()
            .region(Region.of(emulator.userPool().primaryRegion()))
            .endpointOverride(emulator.region(RegionRole.PRIMARY).endpoint())
            .credentialsProvider(CREDENTIALS)
            .build()) {
      return plain.initiateAuth(signIn()).authenticationResult().accessToken();
    }
  }

  InitiateAuthRequest signIn() {
    return InitiateAuthRequest.builder()
        .clientId(emulator.clientId())
        .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
        .authParameters(Map.of("USERNAME", TwoRegions.USER, "PASSWORD", TwoRegions.PASSWORD))
        .build();
  }

  CognitoEmulator emulator() {
    return emulator;
  }

  MultiRegionCognito cognito() {
    return cognito;
  }

  String accessToken() {
    return accessToken;
  }

  Queue<Moment> transitions() {
    return transitions;
  }

  /** Calls that went on in the other Region. */
  int moves() {
    return moves.get();
  }

  void primary(Outage outage) {
    emulator.region(RegionRole.PRIMARY).outage(outage);
  }

  void secondary(Outage outage) {
    emulator.region(RegionRole.SECONDARY).outage(outage);
  }

  void recover() {
    primary(Outage.none());
    secondary(Outage.none());
  }

  long served(RegionRole role) {
    EmulatedRegion region = emulator.region(role);
    return region.calls("InitiateAuth") + region.calls("GetUser") + region.calls("ListUsers");
  }

  @Override
  public void close() {
    cognito.close();
    emulator.close();
  }

  private final class Watch implements FailoverListener {
    @Override
    public void onTransition(Transition transition) {
      transitions.add(new Moment(transition, System.nanoTime()));
    }

    @Override
    public void onCall(CallReport report) {
      report.attempts().stream()
          .filter(it -> it.reason() == CallReport.Reason.RESCUE)
          .forEach(it -> moves.incrementAndGet());
    }
  }
}
