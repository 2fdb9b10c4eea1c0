package io.github.twinpool.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.failover.internal.calls.ListenerDispatcher;
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
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;

/** What real threads, real closing and bad neighbours must not break. */
class EndurabilityTest {

  @Test
  void closing_ends_calls_promptly_although_the_event_loop_takes_its_time() throws Exception {
    TwoRegions regions = new TwoRegions();
    regions.cognito.asyncClient().initiateAuth(regions.signIn()).get(30, TimeUnit.SECONDS);
    regions.primary(Outage.hang());
    CompletableFuture<InitiateAuthResponse> call =
        regions.cognito.asyncClient().initiateAuth(regions.signIn());
    CountDownLatch closed = new CountDownLatch(1);
    Thread closer =
        new Thread(
            () -> {
              regions.cognito.close();
              closed.countDown();
            },
            "closer");
    closer.start();
    assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(call).isCompletedExceptionally();
    CompletableFuture<InitiateAuthResponse> late =
        regions.cognito.asyncClient().initiateAuth(regions.signIn());
    assertThatThrownBy(late::join)
        .hasCauseInstanceOf(SdkClientException.class)
        .hasMessageContaining("closed");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(t -> t.getName().startsWith("twinpool-close")));
    regions.close();
  }

  @Test
  void a_listener_that_throws_or_blocks_holds_up_nobody() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    List<Transition> seen = new CopyOnWriteArrayList<>();
    FailoverListener bad =
        new FailoverListener() {
          @Override
          public void onAttempt(
              String operation, RegionRole role, AttemptOutcome outcome, Duration elapsed) {
            throw new AssertionError("a listener's own trouble");
          }

          @Override
          public void onTransition(Transition transition) {
            try {
              release.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    FailoverListener good =
        new FailoverListener() {
          @Override
          public void onTransition(Transition transition) {
            seen.add(transition);
          }
        };
    try (TwoRegions regions = new TwoRegions();
        MultiRegionCognito cognito = regions.builder().listener(bad).listener(good).build()) {
      cognito.override(RegionRole.SECONDARY, Duration.ofMinutes(1));
      cognito.endOverride();
      for (int i = 0; i < 20; i++) {
        assertThat(cognito.client().initiateAuth(regions.signIn()).authenticationResult())
            .isNotNull();
      }
      assertThat(seen).isEmpty();
      release.countDown();
      await().until(() -> seen.size() == 2);
      assertThat(seen.get(0).to()).isEqualTo(FailoverMode.OVERRIDE);
      assertThat(seen.get(1).from()).isEqualTo(FailoverMode.OVERRIDE);
    }
  }

  @Test
  void a_listener_that_never_returns_does_not_outlive_the_client() {
    CountDownLatch never = new CountDownLatch(1);
    ListenerDispatcher dispatcher = new ListenerDispatcher(List.of(new FailoverListener() {}));
    AtomicInteger interrupted = new AtomicInteger();
    dispatcher.tell(
        listener -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            interrupted.incrementAndGet();
          }
        });
    dispatcher.close();
    await().until(() -> interrupted.get() == 1);
  }

  @Test
  void the_callers_logging_context_goes_along_to_every_attempt_and_stays_with_the_caller() {
    List<String> seen = new CopyOnWriteArrayList<>();
    ExecutorService direct = new CallerRuns();
    try (TwoRegions regions = new TwoRegions();
        MultiRegionCognito cognito =
            regions
                .builder()
                .clients(
                    c ->
                        c.overrideConfiguration(
                            o -> o.addExecutionInterceptor(new SeesContext(seen))))
                .build();
        MultiRegionCognito inline = regions.builder().executor(direct).build()) {
      MDC.put("request", "42");
      regions.primary(Outage.internalErrors());
      cognito.client().initiateAuth(regions.signIn());
      assertThat(seen).hasSizeGreaterThanOrEqualTo(2).containsOnly("42");
      inline.client().initiateAuth(regions.signIn());
      assertThat(MDC.get("request")).isEqualTo("42");
    } finally {
      MDC.clear();
    }
  }

  private static final class SeesContext
      implements software.amazon.awssdk.core.interceptor.ExecutionInterceptor {
    private final List<String> seen;

    SeesContext(List<String> seen) {
      this.seen = seen;
    }

    @Override
    public void beforeTransmission(
        software.amazon.awssdk.core.interceptor.Context.BeforeTransmission context,
        software.amazon.awssdk.core.interceptor.ExecutionAttributes attributes) {
      seen.add(String.valueOf(MDC.get("request")));
    }
  }

  /** Runs tasks where they are handed over. */
  private static final class CallerRuns extends java.util.concurrent.AbstractExecutorService {
    @Override
    public void execute(Runnable command) {
      command.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  @Test
  void an_executor_full_of_hung_attempts_does_not_keep_callers_past_their_deadline()
      throws Exception {
    ExecutorService two = Executors.newFixedThreadPool(2);
    try (TwoRegions regions = new TwoRegions();
        MultiRegionCognito cognito =
            regions
                .builder()
                .executor(two)
                .policy(
                    FailoverPolicy.builder()
                        .attemptTimeout(Duration.ofMillis(500))
                        .callDeadline(Duration.ofSeconds(1))
                        .build())
                .build()) {
      regions.primary(Outage.hang());
      regions.secondary(Outage.hang());
      List<CompletableFuture<?>> calls = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        calls.add(
            CompletableFuture.runAsync(
                () -> cognito.client().initiateAuth(regions.signIn()),
                task -> new Thread(task, "caller").start()));
      }
      for (CompletableFuture<?> call : calls) {
        assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
            .hasCauseInstanceOf(SdkClientException.class);
      }
    } finally {
      two.shutdownNow();
    }
  }

  @Test
  void an_abandoned_attempt_leaves_no_interrupt_behind_for_the_next_task() throws Exception {
    ExecutorService one = Executors.newFixedThreadPool(1);
    try (TwoRegions regions = new TwoRegions();
        MultiRegionCognito cognito = regions.builder().executor(one).build()) {
      regions.primary(Outage.hang());
      for (int i = 0; i < 20; i++) {
        Thread caller =
            new Thread(
                () -> {
                  try {
                    cognito.client().initiateAuth(regions.signIn());
                  } catch (SdkClientException e) {
                    Thread.interrupted();
                  }
                },
                "caller");
        caller.start();
        await()
            .pollInterval(Duration.ofMillis(5))
            .until(
                () ->
                    cognito.status().regions().values().stream()
                            .mapToInt(FailoverStatus.Region::callsInFlight)
                            .sum()
                        == 1);
        caller.interrupt();
        caller.join(30_000);
        assertThat(
                one.submit(() -> Thread.currentThread().isInterrupted()).get(30, TimeUnit.SECONDS))
            .isFalse();
      }
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void no_secret_is_logged_and_a_switch_is_one_warning() {
    Logger ours = (Logger) LoggerFactory.getLogger("io.github.twinpool");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Level before = ours.getLevel();
    ours.setLevel(Level.TRACE);
    log.start();
    ours.addAppender(log);
    List<String> secrets = new CopyOnWriteArrayList<>(List.of(TwoRegions.PASSWORD));
    List<String> texts = new CopyOnWriteArrayList<>();
    TwoRegions used;
    try (TwoRegions regions = new TwoRegions()) {
      used = regions;
      for (Outage outage : List.of(Outage.none(), Outage.internalErrors(), Outage.refused())) {
        regions.primary(outage);
        var tokens = regions.cognito.client().initiateAuth(regions.signIn()).authenticationResult();
        secrets.addAll(List.of(tokens.accessToken(), tokens.idToken(), tokens.refreshToken()));
        texts.add(regions.cognito.status().toString() + regions.cognito + regions.cognito.client());
      }
      regions.secondary(Outage.refused());
      for (int i = 0; i < 5; i++) {
        Throwable error =
            org.assertj.core.api.Assertions.catchThrowable(
                () -> regions.cognito.client().initiateAuth(regions.signIn()));
        for (Throwable it = error; it != null; it = it.getCause()) {
          texts.add(it.toString());
        }
      }
      regions.secondary(Outage.none());
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(
              () -> {
                regions.cognito.client().initiateAuth(regions.signIn());
                return regions.mode() == FailoverMode.SECONDARY;
              });
      var tokens = regions.cognito.client().initiateAuth(regions.signIn()).authenticationResult();
      secrets.add(tokens.accessToken());
      regions.cognito.client().globalSignOut(r -> r.accessToken(tokens.accessToken()));
    } finally {
      ours.detachAppender(log);
      ours.setLevel(before);
    }
    List<ILoggingEvent> events = List.copyOf(log.list);
    events.forEach(
        event -> {
          texts.add(event.getFormattedMessage());
          if (event.getThrowableProxy() != null) {
            texts.add(
                ch.qos.logback.classic.spi.ThrowableProxyUtil.asString(event.getThrowableProxy()));
          }
        });
    assertThat(texts).isNotEmpty();
    for (String secret : secrets) {
      assertThat(texts).noneMatch(text -> text.contains(secret));
    }
    assertThat(used.transitions).extracting(Transition::to).contains(FailoverMode.SECONDARY);
    String pool = used.emulator.userPool().id();
    assertThat(events)
        .filteredOn(event -> event.getLevel() == Level.WARN)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(text -> text.contains(pool) && text.contains("because"))
        .as("one line for each transition, in their order")
        .zipSatisfy(
            used.transitions,
            (line, transition) ->
                assertThat(line)
                    .contains(transition.from() + " -> " + transition.to())
                    .contains(transition.reason()));
    assertThat(events)
        .filteredOn(event -> event.getFormattedMessage().contains("moves PRIMARY -> SECONDARY"))
        .isNotEmpty()
        .allMatch(event -> event.getLevel() == Level.DEBUG);
    assertThat(events)
        .filteredOn(event -> event.getFormattedMessage().contains("A revocation was lost"))
        .hasSize(1)
        .allMatch(event -> event.getLevel() == Level.WARN);
  }
}
