package io.github.twinpool.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.emulator.EmulatorHttpServer.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.GetUserResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InternalErrorException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TooManyRequestsException;

/** Each outage as a plain AWS SDK client sees it, without retries. */
@Timeout(120)
class OutageTest {
  private static final Duration PATIENT = Duration.ofSeconds(60);
  private static final Duration HASTY = Duration.ofMillis(500);
  private static final String USER = "{\"Username\":\"jane\",\"UserAttributes\":[]}";
  private static final String TOKENS =
      "{\"ChallengeParameters\":{},\"AuthenticationResult\":{\"ExpiresIn\":3600}}";
  private static final String KEYS = "{\"keys\":[]}";

  /** Shared, because each client would take seconds to end its own. */
  private static final SdkEventLoopGroup EVENT_LOOPS =
      SdkEventLoopGroup.builder().numberOfThreads(2).build();

  private final List<AutoCloseable> toClose = new ArrayList<>();
  private final AtomicInteger apiCalls = new AtomicInteger();
  private final CountDownLatch called = new CountDownLatch(1);
  private volatile CountDownLatch mayAnswer = new CountDownLatch(0);
  private final EmulatorHttpServer server =
      EmulatorHttpServer.start(
          0, request -> answer(request.method(), request.headers()), System::nanoTime);

  private Reply answer(String method, Map<String, String> headers) {
    Map<String, String> json = Map.of("content-type", "application/x-amz-json-1.1");
    if (!method.equals("POST")) {
      return new Reply(200, Map.of("content-type", "application/json"), KEYS.getBytes(UTF_8));
    }
    apiCalls.incrementAndGet();
    called.countDown();
    try {
      mayAnswer.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean getUser =
        headers.get("x-amz-target").equals("AWSCognitoIdentityProviderService.GetUser");
    return new Reply(200, json, (getUser ? USER : TOKENS).getBytes(UTF_8));
  }

  @AfterEach
  void closeAll() throws Exception {
    mayAnswer.countDown();
    for (int i = toClose.size() - 1; i >= 0; i--) {
      toClose.get(i).close();
    }
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Sdk.class)
  void refused_is_a_connect_that_fails_at_once(Sdk sdk) {
    Caller patient = clientOf(sdk, PATIENT);
    patient.getUser();
    server.outage(Outage.refused());

    assertThatThrownBy(patient::getUser).isInstanceOf(SdkClientException.class);
    assertThatThrownBy(patient::getUser)
        .isInstanceOf(SdkClientException.class)
        .rootCause()
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("refused");
    assertRecovers(patient, 2);
  }

  @ParameterizedTest
  @EnumSource(Sdk.class)
  @EnabledOnOs(OS.LINUX)
  void a_blackhole_is_a_connect_time_out_and_on_an_open_connection_a_read_time_out(Sdk sdk) {
    Caller connected = clientOf(sdk, HASTY);
    warmUp(connected);
    int before = apiCalls.get();
    server.outage(Outage.blackhole());

    assertReadTimeOut(connected::getUser);
    assertThatThrownBy(clientOf(sdk, HASTY)::getUser)
        .isInstanceOf(SdkClientException.class)
        .rootCause()
        .hasMessageMatching("(?is).*connect.*timed out.*");
    assertRecovers(clientOf(sdk, PATIENT), before + 1);
  }

  @ParameterizedTest
  @EnumSource(Sdk.class)
  void a_hang_is_a_read_time_out_and_nothing_is_processed(Sdk sdk) {
    server.outage(Outage.hang());
    assertReadTimeOut(clientOf(sdk, HASTY)::getUser);
    assertRecovers(clientOf(sdk, PATIENT), 1);
  }

  @ParameterizedTest
  @EnumSource(Sdk.class)
  void reset_is_a_connection_reset_and_nothing_is_processed(Sdk sdk) {
    Caller client = clientOf(sdk, PATIENT);
    server.outage(Outage.reset());
    assertConnectionLost(client::getUser);
    assertRecovers(client, 1);
  }

  @ParameterizedTest
  @EnumSource(Sdk.class)
  void internal_errors_are_status_500_and_nothing_is_processed(Sdk sdk) {
    Caller client = clientOf(sdk, PATIENT);
    server.outage(Outage.internalErrors());
    assertThatThrownBy(client::getUser)
        .isInstanceOfSatisfying(
            InternalErrorException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(500);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InternalErrorException");
              assertThat(e.requestId()).isNotBlank();
            });
    assertThat(getKeys(PATIENT).statusCode()).isEqualTo(500);
    assertRecovers(client, 1);
  }

  @ParameterizedTest
  @EnumSource(Sdk.class)
  void service_unavailable_is_status_503_without_an_error_code(Sdk sdk) {
    Caller client = clientOf(sdk, PATIENT);
    server.outage(Outage.serviceUnavailable());
    assertThatThrownBy(client::getUser)
        .isExactlyInstanceOf(CognitoIdentityProviderException.class)
        .satisfies(
            e -> {
              var failure = (CognitoIdentityProviderException) e;
              assertThat(failure.statusCode()).isEqualTo(503);
              assertThat(failure.awsErrorDetails().errorCode()).isNull();
            });
    assertThat(getKeys(PATIENT).statusCode()).isEqualTo(503);
    assertRecovers(client, 1);
  }

  @ParameterizedTest
  @EnumSource(Sdk.class)
  void throttling_is_status_400_too_many_requests(Sdk sdk) {
    Caller client = clientOf(sdk, PATIENT);
    server.outage(Outage.throttling());
    assertThatThrownBy(client::getUser)
        .isInstanceOfSatisfying(
            TooManyRequestsException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.isThrottlingException()).isTrue();
              assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Rate exceeded");
            });
    assertRecovers(client, 1);
  }

  @ParameterizedTest
  @EnumSource(Sdk.class)
  void latency_is_added_to_the_base_latency(Sdk sdk) {
    Caller client = clientOf(sdk, PATIENT);
    client.getUser();
    server.baseLatency(Duration.ofMillis(150));
    server.outage(Outage.latency(Duration.ofMillis(250)));

    long started = System.nanoTime();
    assertThat(client.getUser().username()).isEqualTo("jane");
    assertThat(getKeys(PATIENT).body()).isEqualTo(KEYS);
    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .isGreaterThanOrEqualTo(Duration.ofMillis(800));

    server.outage(Outage.latency(Duration.ofMinutes(10)));
    assertReadTimeOut(clientOf(sdk, HASTY)::getUser);
    server.baseLatency(Duration.ZERO);
    assertRecovers(client, 4);
  }

  @ParameterizedTest
  @EnumSource(Sdk.class)
  void a_late_request_is_processed_although_its_client_gave_up(Sdk sdk) {
    Caller hasty = clientOf(sdk, HASTY);
    server.outage(Outage.requestLatency(HASTY.multipliedBy(2)));
    assertReadTimeOut(hasty::getUser);
    await().untilAsserted(() -> assertThat(apiCalls).hasValue(1));
    assertRecovers(clientOf(sdk, PATIENT), 2);
  }

  /** The waits themselves are {@link PacketLossTest}'s and {@link NetworkGateTest}'s. */
  @ParameterizedTest
  @EnumSource(Sdk.class)
  void while_packets_get_lost_answers_are_right_or_a_read_time_out(Sdk sdk) {
    Caller client = clientOf(sdk, PATIENT);
    client.getUser();
    server.outage(Outage.packetLoss(0.3, 11));
    for (int i = 0; i < 2; i++) {
      assertThat(client.getUser().username()).isEqualTo("jane");
    }
    server.outage(Outage.packetLoss(1, 11));
    assertReadTimeOut(clientOf(sdk, HASTY)::getUser);
    server.outage(Outage.none());
    await().untilAsserted(() -> assertThat(apiCalls).hasValue(4));
    assertRecovers(clientOf(sdk, PATIENT), 5);
  }

  @ParameterizedTest
  @CsvSource({
    "SYNC, 302", "SYNC, 403", "SYNC, 407", "SYNC, 502", "SYNC, 504",
    "ASYNC, 302", "ASYNC, 403", "ASYNC, 407", "ASYNC, 502", "ASYNC, 504"
  })
  void a_proxys_page_is_its_status_without_an_error_code(Sdk sdk, int status) {
    Caller client = clientOf(sdk, PATIENT);
    server.outage(Outage.proxyPage(status));
    assertThatThrownBy(client::getUser)
        .isExactlyInstanceOf(CognitoIdentityProviderException.class)
        .satisfies(
            e -> {
              var failure = (CognitoIdentityProviderException) e;
              assertThat(failure.statusCode()).isEqualTo(status);
              assertThat(failure.awsErrorDetails().errorCode()).isNull();
            });
    HttpResponse<String> page = getKeys(PATIENT);
    assertThat(page.statusCode()).isEqualTo(status);
    assertThat(page.body()).startsWith("<html>");
    assertThat(page.headers().firstValue("location").isPresent()).isEqualTo(status == 302);
    assertRecovers(client, 1);
  }

  @ParameterizedTest
  @EnumSource(Sdk.class)
  void a_portals_page_with_status_200_cannot_be_read(Sdk sdk) {
    Caller client = clientOf(sdk, PATIENT);
    server.outage(Outage.proxyPage(200));
    assertThatThrownBy(client::getUser).isInstanceOf(SdkClientException.class);
    assertRecovers(client, 1);
  }

  @ParameterizedTest
  @EnumSource(Sdk.class)
  void a_dripping_body_escapes_read_time_outs_and_ends_at_the_limit_of_the_call(Sdk sdk) {
    Duration pause = HASTY.dividedBy(8);
    server.outage(Outage.drippingBody(pause));
    long started = System.nanoTime();
    assertThatThrownBy(clientOf(sdk, HASTY, HASTY.multipliedBy(4))::getUser)
        .isInstanceOf(ApiCallTimeoutException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .isGreaterThanOrEqualTo(HASTY.multipliedBy(4));

    server.outage(Outage.drippingBody(Duration.ofMillis(5)));
    started = System.nanoTime();
    assertThat(clientOf(sdk, PATIENT).getUser().username()).isEqualTo("jane");
    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .isGreaterThanOrEqualTo(Duration.ofMillis(5L * USER.length()));
    assertRecovers(clientOf(sdk, PATIENT), 3);
  }

  @ParameterizedTest
  @EnumSource(Sdk.class)
  void during_a_sign_in_plane_hang_keys_are_served_and_api_calls_hang_unprocessed(Sdk sdk) {
    server.outage(Outage.signInPlaneHang());
    assertReadTimeOut(clientOf(sdk, HASTY)::getUser);
    assertThat(getKeys(PATIENT).body()).isEqualTo(KEYS);

    Caller patient = clientOf(sdk, PATIENT);
    CompletableFuture<?> hanging = CompletableFuture.supplyAsync(patient::getUser);
    assertReadTimeOut(clientOf(sdk, HASTY)::getUser);
    assertThat(hanging).isNotDone();
    server.outage(Outage.none());

    // Held or not yet sent when the outage ended: never answered late, at most served anew.
    Throwable end = catchThrowable(hanging::join);
    assertThat(apiCalls.get()).isEqualTo(end == null ? 1 : 0);
    assertRecovers(patient, apiCalls.get() + 1);
  }

  @ParameterizedTest
  @EnumSource(Sdk.class)
  void a_call_whose_answer_is_lost_was_processed_once(Sdk sdk) {
    server.outage(Outage.answerLost());
    assertReadTimeOut(clientOf(sdk, HASTY)::getUser);
    assertThat(apiCalls).hasValue(1);
    assertThatThrownBy(() -> getKeys(HASTY)).hasMessageContaining("timed out");

    server.outage(Outage.signInPlaneHang());
    server.outage(Outage.hang());
    assertRecovers(clientOf(sdk, PATIENT), 2);
  }

  @ParameterizedTest
  @EnumSource(Sdk.class)
  void a_call_whose_answer_is_reset_was_processed_once(Sdk sdk) {
    Caller client = clientOf(sdk, PATIENT);
    client.getUser();
    server.outage(Outage.answerReset());
    assertConnectionReset(client::getUser);
    assertConnectionReset(clientOf(sdk, PATIENT)::getUser);
    assertThat(apiCalls).hasValue(3);
    assertThatThrownBy(() -> getKeys(PATIENT)).rootCause().hasMessageContaining("reset");
    assertRecovers(client, 4);
  }

  @ParameterizedTest
  @EnumSource(Sdk.class)
  void a_call_in_flight_when_a_hang_begins_is_never_answered(Sdk sdk) throws Exception {
    mayAnswer = new CountDownLatch(1);
    Caller client = clientOf(sdk, PATIENT);
    CompletableFuture<GetUserResponse> call = CompletableFuture.supplyAsync(client::getUser);
    called.await();
    server.outage(Outage.hang());
    mayAnswer.countDown();
    assertReadTimeOut(clientOf(sdk, HASTY)::getUser);
    assertThat(call).isNotDone();

    server.outage(Outage.none());

    assertConnectionLost(
        () -> {
          try {
            call.join();
          } catch (CompletionException e) {
            throw e.getCause();
          }
        });
    assertRecovers(client, 2);
  }

  @Test
  void an_error_rate_fails_the_same_requests_for_the_same_seed() {
    Caller client = clientOf(Sdk.SYNC, PATIENT);
    server.outage(Outage.errorRate(0.3, 7));
    List<Boolean> first = failuresOf(client, 200);
    int processed = apiCalls.get();
    server.outage(Outage.errorRate(0.3, 7));
    assertThat(failuresOf(client, 200)).isEqualTo(first);
    // 200 requests at 30 %: 60, give or take four standard deviations
    assertThat(first.stream().filter(failed -> failed).count()).isBetween(34L, 86L);
    assertThat(processed).isEqualTo((int) first.stream().filter(failed -> !failed).count());

    server.outage(Outage.errorRate(0, 7));
    assertThat(failuresOf(client, 20)).containsOnly(false);
    server.outage(Outage.errorRate(1, 7));
    assertThat(failuresOf(client, 20)).containsOnly(true);
  }

  private static List<Boolean> failuresOf(Caller client, int calls) {
    List<Boolean> failures = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      Throwable failure = catchThrowable(client::getUser);
      assertThat(failure)
          .satisfiesAnyOf(
              e -> assertThat(e).isNull(),
              e -> assertThat(e).isInstanceOf(InternalErrorException.class));
      failures.add(failure != null);
    }
    return failures;
  }

  @Test
  void a_sign_in_works_without_an_outage() {
    try (CognitoIdentityProviderClient client =
        CognitoIdentityProviderClient.builder()
            .applyMutation(b -> Sdk.commonTo(b, server.port(), PATIENT))
            .build()) {
      var answer =
          client.initiateAuth(r -> r.authFlow(AuthFlowType.USER_PASSWORD_AUTH).clientId("app"));
      assertThat(answer.authenticationResult().expiresIn()).isEqualTo(3600);
    }
    assertThat(server.outage()).isEqualTo(Outage.none());
  }

  @Test
  void outages_are_values_with_readable_names() {
    assertThat(Outage.latency(Duration.ofSeconds(4)))
        .isEqualTo(Outage.latency(Duration.ofSeconds(4)))
        .hasSameHashCodeAs(Outage.latency(Duration.ofSeconds(4)))
        .isNotEqualTo(Outage.latency(Duration.ofSeconds(3)))
        .isNotEqualTo(Outage.drippingBody(Duration.ofSeconds(4)))
        .hasToString("latency PT4S");
    assertThat(Outage.errorRate(0.5, 1))
        .isEqualTo(Outage.errorRate(0.5, 1))
        .isNotEqualTo(Outage.errorRate(0.5, 2))
        .hasToString("error rate 0.5 with seed 1");
    assertThat(Outage.signInPlaneHang()).hasToString("sign in plane hang");
  }

  @Test
  void what_makes_no_sense_is_refused_with_the_field_and_the_value() {
    assertRefused(() -> Outage.latency(Duration.ofMillis(-1)), "added", "PT-0.001S");
    assertRefused(() -> Outage.latency(Duration.ofHours(2)), "added", "PT2H");
    assertRefused(() -> Outage.drippingBody(Duration.ZERO), "pause", "PT0S");
    assertRefused(() -> Outage.drippingBody(Duration.ofDays(-1)), "pause", "PT-24H");
    assertRefused(() -> Outage.requestLatency(Duration.ofHours(2)), "added", "PT2H");
    for (int status : new int[] {199, 204, 205, 304, 600}) {
      assertRefused(() -> Outage.proxyPage(status), "status", String.valueOf(status));
    }
    for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
      assertRefused(() -> Outage.errorRate(share, 1), "share", String.valueOf(share));
      assertRefused(() -> Outage.packetLoss(share, 1), "share", String.valueOf(share));
    }
  }

  private static void assertRefused(ThrowingCallable factory, String field, String value) {
    assertThatIllegalArgumentException().isThrownBy(factory).withMessageContainingAll(field, value);
  }

  private static void assertReadTimeOut(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(SdkClientException.class)
        .rootCause()
        .satisfies(
            e ->
                assertThat(e.getClass().getSimpleName())
                    .isIn("SocketTimeoutException", "ReadTimeoutException"));
  }

  private static void assertConnectionReset(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(SdkClientException.class)
        .rootCause()
        .isInstanceOf(IOException.class)
        .hasMessageContaining("onnection reset");
  }

  private static void assertConnectionLost(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(SdkClientException.class)
        .rootCause()
        .isInstanceOf(IOException.class)
        .hasMessageContaining("onnection");
  }

  /** The outage ends, and the next call, whose number is given, is answered. */
  private void assertRecovers(Caller client, int apiCall) {
    server.outage(Outage.none());
    assertThat(client.getUser().username()).isEqualTo("jane");
    await().untilAsserted(() -> assertThat(apiCalls).hasValue(apiCall));
    assertThat(getKeys(PATIENT).body()).isEqualTo(KEYS);
  }

  private Caller clientOf(Sdk sdk, Duration patience) {
    return clientOf(sdk, patience, PATIENT);
  }

  private Caller clientOf(Sdk sdk, Duration patience, Duration callLimit) {
    Caller client = sdk.client(server.port(), patience, callLimit);
    toClose.add(client.client());
    return client;
  }

  /** Leaves an open connection in the client's pool. */
  private static void warmUp(Caller client) {
    await().ignoreExceptions().until(() -> client.getUser().username().equals("jane"));
  }

  private HttpResponse<String> getKeys(Duration patience) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/pool/.well-known/jwks.json"))
            .timeout(patience)
            .build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Caller(Supplier<GetUserResponse> call, AutoCloseable client) {
    GetUserResponse getUser() {
      return call.get();
    }
  }

  @AfterAll
  static void endEventLoops() {
    EVENT_LOOPS.eventLoopGroup().shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** The AWS SDK's two clients. */
  enum Sdk {
    SYNC {
      @Override
      Caller client(int port, Duration patience, Duration callLimit) {
        CognitoIdentityProviderClient client =
            CognitoIdentityProviderClient.builder()
                .applyMutation(b -> commonTo(b, port, callLimit))
                .httpClientBuilder(
                    Apache5HttpClient.builder().connectionTimeout(patience).socketTimeout(patience))
                .build();
        return new Caller(() -> client.getUser(r -> r.accessToken("a")), client);
      }
    },
    ASYNC {
      @Override
      Caller client(int port, Duration patience, Duration callLimit) {
        CognitoIdentityProviderAsyncClient client =
            CognitoIdentityProviderAsyncClient.builder()
                .applyMutation(b -> commonTo(b, port, callLimit))
                .httpClientBuilder(
                    NettyNioAsyncHttpClient.builder()
                        .eventLoopGroup(EVENT_LOOPS)
                        .connectionTimeout(patience)
                        .readTimeout(patience))
                .build();
        return new Caller(() -> joined(client.getUser(r -> r.accessToken("a"))), client);
      }
    };

    abstract Caller client(int port, Duration patience, Duration callLimit);

    static void commonTo(AwsClientBuilder<?, ?> builder, int port, Duration callLimit) {
      builder
          .region(Region.US_EAST_1)
          .endpointOverride(URI.create("http://127.0.0.1:" + port))
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
          .overrideConfiguration(
              o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(callLimit));
    }

    private static <T> T joined(CompletableFuture<T> future) {
      try {
        return future.join();
      } catch (CompletionException e) {
        throw (RuntimeException) e.getCause();
      }
    }
  }
}
