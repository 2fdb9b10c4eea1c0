package io.github.twinpool.failover;

import static io.github.twinpool.failover.AttemptOutcome.ANSWER;
import static io.github.twinpool.failover.AttemptOutcome.LOCAL_FAILURE;
import static io.github.twinpool.failover.AttemptOutcome.REGIONAL_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.emulator.TestEmulators;
import io.github.twinpool.failover.internal.regions.LocalFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;

/** What real exceptions of both HTTP clients mean: each kind of trouble, sync and async. */
class ClassificationTest {
  private static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example"));

  private final List<AttemptOutcome> outcomes = new CopyOnWriteArrayList<>();

  private MultiRegionCognitoBuilder builder(UserPool pool, AwsCredentialsProvider credentials) {
    return MultiRegionCognito.builder(pool)
        .policy(FailoverPolicy.defaults())
        .clients(
            c ->
                c.credentialsProvider(credentials)
                    .httpClientBuilder(
                        Apache5HttpClient.builder()
                            .socketTimeout(Duration.ofMillis(700))
                            .connectionTimeout(Duration.ofSeconds(2))))
        .asyncClients(
            c ->
                c.credentialsProvider(credentials)
                    .httpClientBuilder(
                        NettyNioAsyncHttpClient.builder()
                            .readTimeout(Duration.ofMillis(700))
                            .connectionTimeout(Duration.ofSeconds(2))))
        .listener(
            new FailoverListener() {
              @Override
              public void onAttempt(
                  String operation, RegionRole role, AttemptOutcome outcome, Duration elapsed) {
                outcomes.add(outcome);
              }
            });
  }

  private static UserPool poolAt(String primary) {
    return UserPool.builder("us-east-1_EXAMPLE")
        .endpoint(RegionRole.PRIMARY, URI.create(primary))
        .build();
  }

  private Throwable call(MultiRegionCognito cognito, boolean async) {
    Throwable error =
        catchThrowable(
            () -> {
              if (async) {
                cognito
                    .asyncClient()
                    .adminGetUser(r -> r.userPoolId("us-east-1_EXAMPLE").username("ada"))
                    .get();
              } else {
                cognito
                    .client()
                    .adminGetUser(r -> r.userPoolId("us-east-1_EXAMPLE").username("ada"));
              }
            });
    return async && error != null ? error.getCause() : error;
  }

  private void expect(MultiRegionCognito cognito, AttemptOutcome outcome, RequestState... states) {
    for (boolean async : new boolean[] {false, true}) {
      outcomes.clear();
      Throwable error = call(cognito, async);
      await()
          .pollInterval(Duration.ofMillis(10))
          .untilAsserted(() -> assertThat(outcomes).hasSize(1));
      String name = (async ? "async " : "sync ") + error;
      assertThat(outcomes).as(name).containsExactly(outcome);
      assertThat(error).as(name).isNotInstanceOf(LocalFailure.class);
      if (states.length > 0) {
        assertThat(error).as(name).isInstanceOf(RegionsUnavailableException.class);
        assertThat(((RegionsUnavailableException) error).requestState())
            .as(name)
            .isIn((Object[]) states);
      }
    }
  }

  @Test
  void a_refused_connection_is_regional_and_not_sent() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (MultiRegionCognito cognito =
        builder(poolAt("http://127.0.0.1:" + port), CREDENTIALS).build()) {
      expect(cognito, REGIONAL_FAILURE, RequestState.NOT_SENT);
    }
  }

  @Test
  void an_unknown_host_is_regional_and_not_sent() {
    try (MultiRegionCognito cognito =
        builder(poolAt("https://nowhere.invalid"), CREDENTIALS).build()) {
      expect(cognito, REGIONAL_FAILURE, RequestState.NOT_SENT);
    }
  }

  @Test
  void a_failed_tls_handshake_is_regional() throws Exception {
    try (ServerSocket noTls = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread server = new Thread(() -> answerInPlainText(noTls), "plain text");
      server.setDaemon(true);
      server.start();
      try (MultiRegionCognito cognito =
          builder(poolAt("https://127.0.0.1:" + noTls.getLocalPort()), CREDENTIALS).build()) {
        expect(cognito, REGIONAL_FAILURE, RequestState.NOT_SENT, RequestState.UNKNOWN);
      }
    }
  }

  private static void answerInPlainText(ServerSocket listener) {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        socket
            .getOutputStream()
            .write(
                "HTTP/1.1 400 Bad Request\r\n\r\n"
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // The test ends.
      }
    }
  }

  private void expect(Outage outage, AttemptOutcome outcome, RequestState... states) {
    try (CognitoEmulator emulator = TestEmulators.start();
        MultiRegionCognito cognito =
            builder(
                    poolAt(emulator.userPool().endpoint(RegionRole.PRIMARY).toString()),
                    CREDENTIALS)
                .build()) {
      emulator.region(RegionRole.PRIMARY).outage(outage);
      expect(cognito, outcome, states);
    }
  }

  @Test
  void a_reset_is_regional_and_its_request_state_unknown() {
    expect(Outage.reset(), REGIONAL_FAILURE, RequestState.UNKNOWN);
  }

  @Test
  void a_read_time_out_is_regional_and_its_request_state_unknown() {
    expect(Outage.hang(), REGIONAL_FAILURE, RequestState.UNKNOWN);
  }

  @Test
  void a_500_is_regional() {
    expect(Outage.internalErrors(), REGIONAL_FAILURE);
  }

  /** Without the SDK's retries, whose pauses take seconds; {@link RetriesTest} has those. */
  @Test
  void throttling_is_an_answer() {
    try (CognitoEmulator emulator = TestEmulators.start();
        MultiRegionCognito cognito =
            builder(
                    poolAt(emulator.userPool().endpoint(RegionRole.PRIMARY).toString()),
                    CREDENTIALS)
                .clients(c -> c.overrideConfiguration(ClassificationTest::withoutRetries))
                .asyncClients(c -> c.overrideConfiguration(ClassificationTest::withoutRetries))
                .build()) {
      emulator.region(RegionRole.PRIMARY).outage(Outage.throttling());
      expect(cognito, ANSWER);
    }
  }

  private static void withoutRetries(ClientOverrideConfiguration.Builder configuration) {
    configuration.retryStrategy(AwsRetryStrategy.doNotRetry());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sts", "network", "missing"})
  void credentials_that_cannot_be_had_are_local(String kind) {
    AwsCredentialsProvider failing =
        () -> {
          switch (kind) {
            case "sts" ->
                throw AwsServiceException.builder().statusCode(500).message("STS is down").build();
            case "network" ->
                throw SdkClientException.create("IMDS", new ConnectException("refused"));
            default -> throw SdkClientException.create("Unable to load credentials");
          }
        };
    try (CognitoEmulator emulator = TestEmulators.start();
        MultiRegionCognito cognito =
            builder(poolAt(emulator.userPool().endpoint(RegionRole.PRIMARY).toString()), failing)
                .build()) {
      expect(cognito, LOCAL_FAILURE);
      assertThat(emulator.region(RegionRole.PRIMARY).calls("AdminGetUser")).isZero();
    }
  }

  @Test
  void a_full_connection_pool_is_local() {
    try (CognitoEmulator emulator = TestEmulators.start();
        MultiRegionCognito cognito =
            builder(
                    poolAt(emulator.userPool().endpoint(RegionRole.PRIMARY).toString()),
                    CREDENTIALS)
                .clients(
                    c ->
                        c.httpClientBuilder(
                            Apache5HttpClient.builder()
                                .maxConnections(1)
                                .connectionAcquisitionTimeout(Duration.ofMillis(200))))
                .asyncClients(
                    c ->
                        c.httpClientBuilder(
                            NettyNioAsyncHttpClient.builder()
                                .maxConcurrency(1)
                                .connectionAcquisitionTimeout(Duration.ofMillis(200))))
                .build()) {
      emulator.region(RegionRole.PRIMARY).outage(Outage.latency(Duration.ofSeconds(3)));
      for (boolean async : new boolean[] {false, true}) {
        outcomes.clear();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          Thread caller = new Thread(() -> call(cognito, async), "caller");
          caller.start();
          callers.add(caller);
        }
        await().untilAsserted(() -> assertThat(outcomes).hasSizeGreaterThanOrEqualTo(2));
        assertThat(outcomes).as("async " + async).contains(LOCAL_FAILURE);
        assertThat(outcomes).as("async " + async).doesNotContain(REGIONAL_FAILURE);
        callers.forEach(Thread::interrupt);
      }
    }
  }

  @Test
  void ready_made_clients_fail_over_like_ours() {
    try (TwoRegions regions = new TwoRegions();
        var primary = regions.cognito.client(RegionRole.PRIMARY);
        MultiRegionCognito cognito =
            regions
                .builder()
                .readyClient(RegionRole.PRIMARY, primary)
                .readyClient(RegionRole.SECONDARY, regions.cognito.client(RegionRole.SECONDARY))
                .build()) {
      regions.primary(Outage.internalErrors());
      assertThat(cognito.client().initiateAuth(regions.signIn()).authenticationResult())
          .isNotNull();
      assertThat(catchThrowable(() -> cognito.client().initiateAuth(regions.signIn("wrong"))))
          .isInstanceOf(CognitoIdentityProviderException.class);
    }
  }
}
