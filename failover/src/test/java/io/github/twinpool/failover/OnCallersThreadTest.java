package io.github.twinpool.failover;

import static io.github.twinpool.RegionRole.PRIMARY;
import static io.github.twinpool.RegionRole.SECONDARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.Outage;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;

/** A blocking call runs where the plain client's would: on its caller's own thread. */
@Execution(ExecutionMode.CONCURRENT)
class OnCallersThreadTest {
  private static final ThreadLocal<String> SPAN = new ThreadLocal<>();

  /** Notes on which thread, and in which caller's context, attempts run. */
  private static final class Sees implements ExecutionInterceptor {
    final List<String> seen = new CopyOnWriteArrayList<>();
    final List<String> attempts = new CopyOnWriteArrayList<>();

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      seen.add(Thread.currentThread().getName() + " " + SPAN.get());
      attempts.add(
          attributes.getAttribute(Attempt.NUMBER)
              + " "
              + attributes.getAttribute(Attempt.ROLE)
              + " "
              + attributes.getAttribute(Attempt.REASON));
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      seen.add(Thread.currentThread().getName() + " " + SPAN.get());
    }
  }

  private static void onThread(String name, Runnable work) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              SPAN.set("request-1");
              try {
                work.run();
                done.complete(null);
              } catch (Throwable e) {
                done.completeExceptionally(e);
              }
            },
            name);
    caller.start();
    done.get(30, TimeUnit.SECONDS);
  }

  @Test
  void interceptors_run_on_it_in_the_first_attempt_and_in_the_next() throws Exception {
    Sees sees = new Sees();
    try (TwoRegions regions = new TwoRegions();
        MultiRegionCognito cognito =
            regions
                .builder()
                .clients(c -> c.overrideConfiguration(o -> o.addExecutionInterceptor(sees)))
                .build()) {
      regions.primary(Outage.internalErrors());
      onThread("the caller", () -> cognito.client().initiateAuth(regions.signIn()));
    }
    assertThat(sees.seen).hasSizeGreaterThanOrEqualTo(3).containsOnly("the caller request-1");
    assertThat(sees.attempts).containsExactly("1 PRIMARY FIRST", "2 SECONDARY RESCUE");
  }

  @Test
  void exceptions_show_the_callers_frames() {
    try (TwoRegions regions = new TwoRegions()) {
      CognitoIdentityProviderClient client = regions.cognito.client();
      Throwable refusal =
          catchThrowable(
              () ->
                  client.adminGetUser(
                      r -> r.userPoolId(regions.emulator.userPool().id()).username("nobody")));
      assertThat(refusal).isInstanceOf(UserNotFoundException.class);
      assertThat(frames(refusal)).contains(OnCallersThreadTest.class.getName());
      regions.primary(Outage.internalErrors());
      Throwable rescued =
          catchThrowable(
              () ->
                  client.adminGetUser(
                      r -> r.userPoolId(regions.emulator.userPool().id()).username("nobody")));
      assertThat(rescued).isInstanceOf(UserNotFoundException.class);
      assertThat(frames(rescued)).contains(OnCallersThreadTest.class.getName());
      regions.secondary(Outage.refused());
      Throwable unanswered = catchThrowable(() -> client.initiateAuth(regions.signIn()));
      assertThat(unanswered).isInstanceOf(RegionsUnavailableException.class);
      assertThat(frames(unanswered)).contains(OnCallersThreadTest.class.getName());
    }
  }

  private static List<String> frames(Throwable error) {
    return java.util.Arrays.stream(error.getStackTrace())
        .map(StackTraceElement::getClassName)
        .toList();
  }

  @Test
  void an_interceptor_may_make_a_call_itself() {
    List<String> inner = new ArrayList<>();
    List<MultiRegionCognito> self = new ArrayList<>();
    try (TwoRegions regions = new TwoRegions()) {
      ExecutionInterceptor nests =
          new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(
                Context.BeforeTransmission context, ExecutionAttributes attributes) {
              if (inner.isEmpty()) {
                inner.add("begun");
                inner.add(
                    self.get(0)
                        .client()
                        .adminGetUser(
                            r ->
                                r.userPoolId(regions.emulator.userPool().id())
                                    .username(TwoRegions.USER))
                        .username());
                // The outer attempt must still be the one that is aborted, and then rescued.
                regions.primary(Outage.hang());
              }
            }
          };
      try (MultiRegionCognito cognito =
          regions
              .builder()
              .policy(FailoverPolicy.builder().attemptTimeout(Duration.ofMillis(500)).build())
              .clients(c -> c.overrideConfiguration(o -> o.addExecutionInterceptor(nests)))
              .build()) {
        self.add(cognito);
        assertThat(cognito.client().initiateAuth(regions.signIn()).authenticationResult())
            .isNotNull();
        assertThat(regions.emulator.region(SECONDARY).calls("InitiateAuth")).isEqualTo(1);
      }
    }
    assertThat(inner).containsExactly("begun", TwoRegions.USER);
  }

  @Test
  void a_time_limit_of_the_callers_on_each_attempt_leaves_time_for_the_other_region() {
    try (TwoRegions regions = new TwoRegions()) {
      regions.primary(Outage.hang());
      assertThat(
              regions
                  .cognito
                  .client()
                  .initiateAuth(
                      regions.signIn().toBuilder()
                          .overrideConfiguration(
                              o -> o.apiCallAttemptTimeout(Duration.ofMillis(400)))
                          .build())
                  .authenticationResult())
          .isNotNull();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void an_interceptor_that_blocks_is_no_regions_silence() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    ExecutionInterceptor blocks =
        new ExecutionInterceptor() {
          @Override
          public void beforeExecution(
              Context.BeforeExecution context, ExecutionAttributes attributes) {
            try {
              go.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    ExecutorService callers = Executors.newCachedThreadPool();
    try (TwoRegions regions = new TwoRegions();
        MultiRegionCognito cognito =
            regions
                .builder()
                .clients(c -> c.overrideConfiguration(o -> o.addExecutionInterceptor(blocks)))
                .build()) {
      List<CompletableFuture<?>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        calls.add(
            CompletableFuture.supplyAsync(
                () -> cognito.client().initiateAuth(regions.signIn()), callers));
      }
      org.awaitility.Awaitility.await()
          .pollDelay(Duration.ofMillis(1_500))
          .until(() -> cognito.status().regions().get(PRIMARY).health() == RegionHealth.UP);
      go.countDown();
      for (CompletableFuture<?> call : calls) {
        call.get(30, TimeUnit.SECONDS);
      }
      assertThat(cognito.status().mode()).isEqualTo(FailoverMode.PRIMARY);
      assertThat(regions.emulator.region(SECONDARY).calls("InitiateAuth")).isZero();
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void closing_a_client_of_one_region_closes_nothing() {
    try (TwoRegions regions = new TwoRegions()) {
      try (CognitoIdentityProviderClient primary = regions.cognito.client(PRIMARY)) {
        assertThat(primary.initiateAuth(regions.signIn()).authenticationResult()).isNotNull();
      }
      assertThat(regions.cognito.client().initiateAuth(regions.signIn()).authenticationResult())
          .isNotNull();
      assertThat(regions.emulator.region(SECONDARY).calls("InitiateAuth")).isZero();
      assertThat(regions.cognito.client(PRIMARY)).isEqualTo(regions.cognito.client(PRIMARY));
    }
  }

  // ---- names

  /** The primary has a name, which the test looks up; the secondary has an address. */
  private static UserPool named(TwoRegions regions) {
    URI primary = regions.emulator.userPool().endpoint(PRIMARY);
    return regions.emulator.userPool().toBuilder()
        .endpoint(PRIMARY, URI.create("http://localhost:" + primary.getPort()))
        .build();
  }

  private static InetAddress[] loopback() {
    return new InetAddress[] {InetAddress.getLoopbackAddress()};
  }

  private static MultiRegionCognitoBuilder builder(TwoRegions regions) {
    return MultiRegionCognito.builder(named(regions))
        .clients(
            c ->
                c.credentialsProvider(
                    software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider.create()));
  }

  @Test
  void a_name_service_that_hangs_costs_no_call_much() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    ExecutorService callers = Executors.newCachedThreadPool();
    try (TwoRegions regions = new TwoRegions();
        MultiRegionCognito cognito =
            builder(regions)
                .names(
                    host -> {
                      if (asked.incrementAndGet() > 2) {
                        try {
                          never.await();
                        } catch (InterruptedException e) {
                          Thread.currentThread().interrupt();
                        }
                        throw new UnknownHostException(host);
                      }
                      return loopback();
                    })
                .build()) {
      cognito.client().initiateAuth(regions.signIn());
      List<CompletableFuture<Duration>> calls = new ArrayList<>();
      CountDownLatch together = new CountDownLatch(1);
      for (int i = 0; i < 40; i++) {
        calls.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    together.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  long before = System.nanoTime();
                  cognito.client().initiateAuth(regions.signIn());
                  return Duration.ofNanos(System.nanoTime() - before);
                },
                callers));
      }
      together.countDown();
      for (CompletableFuture<Duration> call : calls) {
        // Far below the 30 s of a look-up that hangs.
        assertThat(call.get(60, TimeUnit.SECONDS)).isLessThan(Duration.ofSeconds(10));
      }
      assertThat(cognito.status().mode()).isEqualTo(FailoverMode.PRIMARY);
    } finally {
      never.countDown();
      callers.shutdownNow();
    }
  }

  @Test
  void a_primary_whose_name_is_gone_fails_no_call() {
    try (TwoRegions regions = new TwoRegions();
        MultiRegionCognito cognito =
            builder(regions)
                .names(
                    host -> {
                      throw new UnknownHostException(host);
                    })
                .build()) {
      for (int i = 0; i < 10; i++) {
        assertThat(cognito.client().initiateAuth(regions.signIn()).authenticationResult())
            .isNotNull();
      }
      assertThat(regions.emulator.region(PRIMARY).calls("InitiateAuth")).isZero();
    }
  }
}
