package io.github.twinpool.failover;

import static io.github.twinpool.RegionRole.PRIMARY;
import static io.github.twinpool.RegionRole.SECONDARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.Capability;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.emulator.ReplicaStatus;
import io.github.twinpool.emulator.TestEmulators;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;

/** Real sockets, real SDK clients, outages of the emulator. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1) // long: first, so that nobody waits for it alone
class OutageTest {
  /**
   * Each build tries every kind of outage once: half of them with one client, half with the other.
   */
  static Stream<Outage> blockingOutages() {
    return Stream.of(Outage.refused(), Outage.hang(), Outage.internalErrors());
  }

  static Stream<Outage> asyncOutages() {
    return Stream.of(Outage.blackhole(), Outage.reset(), Outage.serviceUnavailable());
  }

  /** Sign-ins that go on until the mode is reached, on threads that do not wait for each other. */
  private static List<Throwable> signInUntil(TwoRegions regions, FailoverMode mode, boolean async)
      throws InterruptedException {
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    List<CompletableFuture<?>> calls = new CopyOnWriteArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              CompletableFuture<?> call =
                  async
                      ? regions.cognito.asyncClient().initiateAuth(regions.signIn())
                      : CompletableFuture.supplyAsync(
                          () -> regions.cognito.client().initiateAuth(regions.signIn()), threads);
              calls.add(call);
              return regions.mode() == mode;
            });
    for (CompletableFuture<?> call : calls) {
      call.handle((value, error) -> error == null || failures.add(error)).join();
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    return failures;
  }

  @ParameterizedTest
  @MethodSource("blockingOutages")
  void no_sign_in_fails_when_the_primary_does(Outage outage) throws Exception {
    signInsOutlive(outage);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("asyncOutages")
  void no_sign_in_fails_in_the_other_outages(Outage outage) throws Exception {
    signInsOutlive(outage);
  }

  private static void signInsOutlive(Outage outage) throws Exception {
    try (TwoRegions regions = new TwoRegions()) {
      regions.cognito.client().initiateAuth(regions.signIn());
      await()
          .untilAsserted(() -> assertThat(regions.outcomes).containsExactly(AttemptOutcome.ANSWER));
      assertThat(regions.emulator.region(PRIMARY).calls("InitiateAuth")).isEqualTo(1);
      assertThat(regions.emulator.region(SECONDARY).calls("InitiateAuth")).isZero();
      regions.primary(outage);
      assertThat(signInUntil(regions, FailoverMode.SECONDARY, false)).isEmpty();
      regions.cognito.client().initiateAuth(regions.signIn());
      assertThat(regions.emulator.region(SECONDARY).calls("InitiateAuth")).isPositive();
      assertThat(regions.cognito.allows(Capability.SIGN_UP)).isFalse();
      assertThat(regions.cognito.allows(Capability.SIGN_IN)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("asyncOutages")
  void no_async_sign_in_fails_when_the_primary_does(Outage outage) throws Exception {
    asyncSignInsOutlive(outage);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("blockingOutages")
  void no_async_sign_in_fails_in_the_other_outages(Outage outage) throws Exception {
    asyncSignInsOutlive(outage);
  }

  private static void asyncSignInsOutlive(Outage outage) throws Exception {
    try (TwoRegions regions = new TwoRegions()) {
      regions.cognito.asyncClient().initiateAuth(regions.signIn()).join();
      regions.primary(outage);
      assertThat(signInUntil(regions, FailoverMode.SECONDARY, true)).isEmpty();
    }
  }

  @Test
  void it_returns_to_the_primary_when_that_is_healthy_again() throws Exception {
    try (TwoRegions regions = new TwoRegions()) {
      regions.cognito.client().initiateAuth(regions.signIn());
      regions.primary(Outage.hang());
      assertThat(signInUntil(regions, FailoverMode.SECONDARY, false)).isEmpty();
      regions.emulator.region(PRIMARY).recover();
      assertThat(signInUntil(regions, FailoverMode.PRIMARY, false)).isEmpty();
      assertThat(regions.cognito.allows(Capability.SIGN_UP)).isTrue();
      await()
          .untilAsserted(
              () ->
                  assertThat(regions.transitions)
                      .extracting(Transition::to)
                      .containsExactly(
                          FailoverMode.SECONDARY, FailoverMode.FAILBACK, FailoverMode.PRIMARY));
      regions.cognito.client().signUp(regions.signUp("grace"));
    }
  }

  @Test
  void sign_up_fails_fast_while_the_primary_is_down_and_names_what_is_off() throws Exception {
    try (TwoRegions regions = new TwoRegions()) {
      regions.cognito.client().initiateAuth(regions.signIn());
      regions.primary(Outage.refused());
      signInUntil(regions, FailoverMode.SECONDARY, false);
      List<PrimaryUnavailableException> refusals = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        try {
          regions.cognito.client().signUp(regions.signUp("grace"));
        } catch (PrimaryUnavailableException e) {
          refusals.add(e);
        }
      }
      assertThat(refusals).isNotEmpty();
      assertThat(refusals.get(0).capability()).isEqualTo(Capability.SIGN_UP);
      assertThat(refusals.get(0).operation()).isEqualTo("SignUp");
      assertThat(regions.emulator.region(SECONDARY).calls("SignUp")).isZero();
    }
  }

  @Test
  void a_wrong_password_is_asked_once() {
    try (TwoRegions regions = new TwoRegions()) {
      assertThatThrownBy(() -> regions.cognito.client().initiateAuth(regions.signIn("wrong")))
          .isInstanceOf(NotAuthorizedException.class);
      assertThat(regions.emulator.region(PRIMARY).calls("InitiateAuth")).isEqualTo(1);
      assertThat(regions.emulator.region(SECONDARY).calls("InitiateAuth")).isZero();
    }
  }

  @Test
  void when_both_regions_fail_every_attempt_is_named() {
    try (TwoRegions regions = new TwoRegions()) {
      regions.primary(Outage.refused());
      regions.secondary(Outage.reset());
      RegionsUnavailableException failure =
          catchThrowableOfType(
              RegionsUnavailableException.class,
              () -> regions.cognito.client().initiateAuth(regions.signIn()));
      assertThat(failure.attempts()).extracting(Attempt::role).containsExactly(PRIMARY, SECONDARY);
      assertThat(failure.attempts())
          .extracting(Attempt::requestState)
          .containsExactly(RequestState.NOT_SENT, RequestState.UNKNOWN);
      assertThat(failure.requestState()).isEqualTo(RequestState.UNKNOWN);
      assertThat(failure.retryable()).isTrue();
      assertThat(failure).hasMessageContaining("us-east-1").hasMessageContaining("us-west-2");
      assertThat(failure).hasMessageNotContaining(TwoRegions.PASSWORD);
    }
  }

  @Test
  void a_primary_only_operation_gets_the_service_exception_unchanged() {
    try (TwoRegions regions = new TwoRegions()) {
      regions.primary(Outage.internalErrors());
      assertThatThrownBy(() -> regions.cognito.client().signUp(regions.signUp("grace")))
          .isInstanceOf(CognitoIdentityProviderException.class)
          .satisfies(
              e -> assertThat(((CognitoIdentityProviderException) e).statusCode()).isEqualTo(500));
      assertThat(regions.emulator.region(SECONDARY).calls("SignUp")).isZero();
    }
  }

  @Test
  void the_callers_own_time_limit_ends_all_attempts() {
    try (TwoRegions regions = new TwoRegions()) {
      regions.primary(Outage.hang());
      regions.secondary(Outage.hang());
      long before = System.nanoTime();
      assertThatThrownBy(
              () ->
                  regions
                      .cognito
                      .client()
                      .initiateAuth(
                          regions.signIn().toBuilder()
                              .overrideConfiguration(o -> o.apiCallTimeout(Duration.ofMillis(700)))
                              .build()))
          .isInstanceOf(SdkClientException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void throttling_is_an_answer_and_moves_nothing() {
    try (TwoRegions regions = new TwoRegions()) {
      regions.primary(Outage.throttling());
      assertThatThrownBy(() -> regions.cognito.client().initiateAuth(regions.signIn()))
          .isInstanceOf(CognitoIdentityProviderException.class);
      assertThat(regions.emulator.region(SECONDARY).calls("InitiateAuth")).isZero();
      assertThat(regions.mode()).isEqualTo(FailoverMode.PRIMARY);
    }
  }

  @Test
  void it_boots_while_the_primary_is_down() {
    CognitoEmulator emulator = TestEmulators.start();
    emulator.region(PRIMARY).outage(Outage.refused());
    try (TwoRegions regions = new TwoRegions(emulator, TwoRegions.QUICK)) {
      assertThat(regions.cognito.client().initiateAuth(regions.signIn()).authenticationResult())
          .isNotNull();
    }
  }

  @Test
  void a_replica_that_is_not_active_never_takes_over() {
    CognitoEmulator emulator =
        TestEmulators.builder().replicaStatus(ReplicaStatus.INACTIVE).start();
    try (TwoRegions regions = new TwoRegions(emulator, TwoRegions.QUICK)) {
      regions.primary(Outage.refused());
      assertThatThrownBy(() -> regions.cognito.client().initiateAuth(regions.signIn()))
          .isInstanceOf(RegionsUnavailableException.class);
      await()
          .until(
              () ->
                  regions.cognito.status().regions().get(SECONDARY).health()
                      == RegionHealth.NOT_SERVING);
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(() -> regions.cognito.client().initiateAuth(regions.signIn()))
            .isInstanceOf(RegionsUnavailableException.class);
      }
      assertThat(regions.mode()).isEqualTo(FailoverMode.PRIMARY);
    }
  }

  @Test
  void an_interrupt_ends_the_call_and_its_attempt() throws Exception {
    try (TwoRegions regions = new TwoRegions()) {
      regions.primary(Outage.hang());
      AtomicInteger aborted = new AtomicInteger();
      Thread caller =
          new Thread(
              () -> {
                try {
                  regions.cognito.client().initiateAuth(regions.signIn());
                } catch (AbortedException e) {
                  aborted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 100);
                }
              });
      caller.start();
      await().until(() -> regions.cognito.status().regions().get(PRIMARY).callsInFlight() == 1);
      caller.interrupt();
      caller.join(20_000);
      assertThat(aborted).hasValue(1);
      endsWellBeforeItsTimeOut(regions);
    }
  }

  @Test
  void a_cancelled_future_cancels_its_attempt() {
    try (TwoRegions regions = new TwoRegions()) {
      regions.primary(Outage.hang());
      CompletableFuture<?> call = regions.cognito.asyncClient().initiateAuth(regions.signIn());
      await().until(() -> regions.cognito.status().regions().get(PRIMARY).callsInFlight() == 1);
      call.cancel(true);
      endsWellBeforeItsTimeOut(regions);
    }
  }

  /** An attempt at a Region that hangs ends by itself only after 5.5 s. */
  private static void endsWellBeforeItsTimeOut(TwoRegions regions) {
    await()
        .atMost(Duration.ofSeconds(4))
        .until(() -> regions.cognito.status().regions().get(PRIMARY).callsInFlight() == 0);
    assertThat(regions.emulator.region(SECONDARY).calls("InitiateAuth")).isZero();
  }

  @Test
  void an_override_is_followed_and_can_be_ended() {
    try (TwoRegions regions = new TwoRegions()) {
      regions.cognito.override(SECONDARY, Duration.ofMinutes(1));
      regions.cognito.client().initiateAuth(regions.signIn());
      assertThat(regions.emulator.region(SECONDARY).calls("InitiateAuth")).isEqualTo(1);
      regions.secondary(Outage.refused());
      regions.cognito.client().initiateAuth(regions.signIn());
      assertThat(regions.emulator.region(PRIMARY).calls("InitiateAuth")).isEqualTo(1);
      regions.cognito.overrideStrictly(SECONDARY, Duration.ofMinutes(1));
      assertThatThrownBy(() -> regions.cognito.client().initiateAuth(regions.signIn()))
          .isInstanceOf(RegionsUnavailableException.class);
      regions.cognito.endOverride();
      assertThat(regions.mode()).isNotEqualTo(FailoverMode.OVERRIDE);
      regions.cognito.client().initiateAuth(regions.signIn());
    }
  }

  @Test
  void more_calls_than_allowed_fail_at_once() {
    try (TwoRegions regions = new TwoRegions();
        MultiRegionCognito one = regions.builder().maxConcurrentCalls(1).build()) {
      regions.primary(Outage.hang());
      CompletableFuture<?> hanging = one.asyncClient().initiateAuth(regions.signIn());
      assertThatThrownBy(() -> one.client().initiateAuth(regions.signIn()))
          .isInstanceOf(SdkClientException.class)
          .hasMessageContaining("limit 1");
      hanging.cancel(true);
    }
  }
}
