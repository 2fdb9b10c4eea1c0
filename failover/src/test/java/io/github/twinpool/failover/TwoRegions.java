package io.github.twinpool.failover;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.emulator.TestEmulators;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SignUpRequest;

/** An emulator with one user, and a routed client of it with a failback short enough for tests. */
final class TwoRegions implements AutoCloseable {
  static final String USER = "ada";
  static final String PASSWORD = "Correct-Horse-7";
  static final FailoverPolicy QUICK =
      FailoverPolicy.builder()
          .dwell(Duration.ofSeconds(1))
          .failbackStep(Duration.ofMillis(300))
          .suspectProbeInterval(Duration.ofMillis(200))
          .build();

  final CognitoEmulator emulator;
  final MultiRegionCognito cognito;
  final List<Transition> transitions = new CopyOnWriteArrayList<>();
  final List<AttemptOutcome> outcomes = new CopyOnWriteArrayList<>();

  TwoRegions() {
    this(TestEmulators.start(), QUICK);
  }

  TwoRegions(CognitoEmulator emulator, FailoverPolicy policy) {
    this.emulator = emulator;
    emulator.createUser(USER, PASSWORD);
    cognito = builder().policy(policy).build();
  }

  MultiRegionCognitoBuilder builder() {
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example"));
    return MultiRegionCognito.builder(emulator.userPool())
        .clients(client -> client.credentialsProvider(credentials))
        .asyncClients(client -> client.credentialsProvider(credentials))
        .listener(
            new FailoverListener() {
              @Override
              public void onTransition(Transition transition) {
                transitions.add(transition);
              }

              @Override
              public void onCall(CallReport report) {
                report.attempts().forEach(it -> outcomes.add(it.outcome()));
              }
            });
  }

  InitiateAuthRequest signIn() {
    return signIn(PASSWORD);
  }

  InitiateAuthRequest signIn(String password) {
    return InitiateAuthRequest.builder()
        .clientId(emulator.clientId())
        .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
        .authParameters(Map.of("USERNAME", USER, "PASSWORD", password))
        .build();
  }

  SignUpRequest signUp(String user) {
    return SignUpRequest.builder()
        .clientId(emulator.clientId())
        .username(user)
        .password(PASSWORD)
        .build();
  }

  void primary(Outage outage) {
    emulator.region(RegionRole.PRIMARY).outage(outage);
  }

  void secondary(Outage outage) {
    emulator.region(RegionRole.SECONDARY).outage(outage);
  }

  FailoverMode mode() {
    return cognito.status().mode();
  }

  @Override
  public void close() {
    cognito.close();
    emulator.close();
  }
}
