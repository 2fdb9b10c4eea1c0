package io.github.twinpool.failover.internal.calls;

import static io.github.twinpool.RegionRole.PRIMARY;
import static io.github.twinpool.RegionRole.SECONDARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.Attempt;
import io.github.twinpool.failover.AttemptOutcome;
import io.github.twinpool.failover.CallReport;
import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.RegionHealth;
import io.github.twinpool.failover.RegionsUnavailableException;
import io.github.twinpool.failover.RequestState;
import io.github.twinpool.failover.internal.calls.BlockingCalls.CallGate;
import io.github.twinpool.failover.internal.calls.CallPreparation.PreparedCall;
import io.github.twinpool.failover.internal.calls.CallPreparation.PreparedCall.Limits;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import io.github.twinpool.failover.internal.regions.HttpAttempt;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The same rules for callers who wait on their own thread: real threads, virtual time. A Region's
 * exchange waits until the test ends it, or an abort does.
 */
class BlockingCallsTest {
  private final List<CallReport> reports = new CopyOnWriteArrayList<>();
  private final Router it =
      new Router(
          FailoverPolicy.defaults(),
          1_000,
          new FailoverListener() {
            @Override
            public void onCall(CallReport report) {
              reports.add(report);
            }
          });
  private final CallGate gate = new CallGate(Router.POOL, it.engine, 3);
  private volatile boolean noThread;
  private final BlockingCalls calls =
      new BlockingCalls(
          gate,
          task -> {
            if (noThread) {
              throw new OutOfMemoryError("unable to create native thread");
            }
            task.run();
          });
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

  /** What one attempt waits for. */
  private record Exchange(RegionRole role, HttpAttempt attempt, CompletableFuture<Object> end) {}

  /** A caller and what the call comes to. */
  private record Caller(Thread thread, CompletableFuture<Object> result) {
    Throwable failure() throws Exception {
      try {
        result.get(20, TimeUnit.SECONDS);
        throw new AssertionError("answered");
      } catch (ExecutionException e) {
        return e.getCause();
      }
    }

    Object answer() throws Exception {
      return result.get(20, TimeUnit.SECONDS);
    }
  }

  @AfterEach
  void nothing_is_left_in_flight() {
    gate.close();
    calls.close();
    await().until(calls::isIdle);
    assertThat(it.inFlight()).isZero();
    it.listeners.close();
  }

  private Object exchange(RegionRole role, HttpAttempt attempt) throws Exception {
    Exchange exchange = new Exchange(role, attempt, new CompletableFuture<>());
    boolean goesOn =
        attempt.handOver(() -> exchange.end().completeExceptionally(new IOException("aborted")));
    exchanges.add(exchange);
    if (!goesOn) {
      throw AbortedException.create("given up");
    }
    attempt.writes();
    try {
      return exchange.end().get();
    } catch (ExecutionException e) {
      throw new InvocationTargetException(
          e.getCause() instanceof IOException io
              ? SdkClientException.create("x", io)
              : e.getCause());
    }
  }

  private Caller call(RoutingNeeds needs, Limits limits) {
    PreparedCall prepared =
        new PreparedCall() {
          @Override
          public RoutingNeeds needs() {
            return needs;
          }

          @Override
          public Limits limits() {
            return limits;
          }
        };
    CompletableFuture<Object> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(calls.call(prepared, this::exchange));
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            },
            "caller");
    thread.setDaemon(true);
    thread.start();
    return new Caller(thread, result);
  }

  private Caller call(String operation) {
    return call(RoutingNeeds.of(OperationSupport.of(operation)), Router.DEFAULTS);
  }

  private Exchange exchange(int index) {
    await().until(() -> exchanges.size() > index);
    return exchanges.get(index);
  }

  private void pass(Duration time) {
    it.pass(time);
    tick();
  }

  private void tick() {
    calls.tick(it.time.now(), it.engine.left(PRIMARY), it.engine.left(SECONDARY));
  }

  private List<RegionRole> asked() {
    return exchanges.stream().map(Exchange::role).toList();
  }

  @Test
  void an_answer_is_the_answer() throws Exception {
    Caller caller = call("InitiateAuth");
    exchange(0).end().complete("tokens");
    assertThat(caller.answer()).isEqualTo("tokens");
    assertThat(asked()).containsExactly(PRIMARY);
    assertThat(reports).singleElement().matches(CallReport::answered);
  }

  @Test
  void a_regional_failure_goes_on_in_the_secondary_on_the_same_thread() throws Exception {
    Caller caller = call("InitiateAuth");
    exchange(0).end().completeExceptionally(Router.refused());
    exchange(1).end().complete("tokens");
    assertThat(caller.answer()).isEqualTo("tokens");
    assertThat(asked()).containsExactly(PRIMARY, SECONDARY);
    assertThat(reports)
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.rescued()).isTrue();
              assertThat(report.mode()).isEqualTo(FailoverMode.PRIMARY);
              assertThat(report.attempts())
                  .extracting(
                      CallReport.Entry::number, CallReport.Entry::reason, CallReport.Entry::outcome)
                  .containsExactly(
                      tuple(1, CallReport.Reason.FIRST, AttemptOutcome.REGIONAL_FAILURE),
                      tuple(2, CallReport.Reason.RESCUE, AttemptOutcome.ANSWER));
            });
  }

  @Test
  void a_refusal_asks_no_other_region() throws Exception {
    Caller caller = call("InitiateAuth");
    exchange(0).end().completeExceptionally(Router.wrongPassword());
    assertThat(caller.failure()).hasSameClassAs(Router.wrongPassword());
    assertThat(asked()).containsExactly(PRIMARY);
  }

  @Test
  void an_attempt_that_reaches_its_time_out_is_aborted_and_the_caller_makes_the_next()
      throws Exception {
    Caller caller = call("InitiateAuth");
    exchange(0);
    pass(Duration.ofMillis(5_400));
    assertThat(caller.result()).isNotDone();
    pass(Duration.ofMillis(150));
    exchange(1).end().complete("tokens");
    assertThat(caller.answer()).isEqualTo("tokens");
    assertThat(exchanges.get(0).end()).isCompletedExceptionally();
  }

  /** Strangers may have taken all threads of the machine, for a while. */
  @Test
  void a_caller_is_freed_although_no_thread_can_be_had() throws Exception {
    noThread = true;
    Caller caller = call("InitiateAuth");
    exchange(0);
    pass(Duration.ofMillis(5_550));
    exchange(1).end().complete("tokens");
    assertThat(caller.answer()).isEqualTo("tokens");
  }

  @Test
  void what_hangs_in_a_region_that_is_left_is_left_behind() throws Exception {
    Caller caller = call("InitiateAuth");
    exchange(0);
    it.primaryDies();
    tick();
    exchange(1).end().complete("tokens");
    assertThat(caller.answer()).isEqualTo("tokens");
    assertThat(asked()).containsExactly(PRIMARY, SECONDARY);
  }

  @Test
  void what_may_not_go_elsewhere_is_not_left_behind() throws Exception {
    Caller caller = call(Router.rotating(), Router.DEFAULTS);
    exchange(0);
    it.primaryDies();
    tick();
    exchange(0).end().complete("late");
    assertThat(caller.answer()).isEqualTo("late");
    assertThat(asked()).containsExactly(PRIMARY);
  }

  @Test
  void an_answer_that_arrives_after_all_is_kept() throws Exception {
    Caller caller = call("InitiateAuth");
    Exchange hangs = exchange(0);
    // The answer is on its way up when the attempt is given up: the abort comes too late.
    hangs.attempt().end();
    pass(Duration.ofMillis(5_600));
    hangs.end().complete("tokens");
    assertThat(caller.answer()).isEqualTo("tokens");
    assertThat(asked()).containsExactly(PRIMARY);
    assertThat(reports.get(0).attempts())
        .extracting(CallReport.Entry::outcome)
        .containsExactly(AttemptOutcome.ANSWER);
  }

  @Test
  void so_is_a_refusal_that_arrives_after_all() throws Exception {
    Caller caller = call("InitiateAuth");
    Exchange hangs = exchange(0);
    hangs.attempt().end();
    pass(Duration.ofMillis(5_600));
    hangs.end().completeExceptionally(Router.wrongPassword());
    assertThat(caller.failure()).hasSameClassAs(Router.wrongPassword());
    assertThat(asked()).containsExactly(PRIMARY);
  }

  @Test
  void the_deadline_ends_the_call_with_all_that_was_tried() throws Exception {
    Caller caller =
        call(
            RoutingNeeds.of(OperationSupport.of("InitiateAuth")),
            new Limits(Duration.ofSeconds(8), null, true));
    exchange(0);
    pass(Duration.ofMillis(5_600));
    exchange(1);
    pass(Duration.ofMillis(2_500));
    assertThat(((RegionsUnavailableException) caller.failure()).attempts())
        .extracting(Attempt::failure, Attempt::requestState)
        .containsExactly(
            tuple("timed out", RequestState.UNKNOWN), tuple("timed out", RequestState.UNKNOWN));
  }

  @Test
  void what_comes_before_the_network_is_no_regions_age() throws Exception {
    CompletableFuture<Object> credentials = new CompletableFuture<>();
    CompletableFuture<Object> result = new CompletableFuture<>();
    PreparedCall prepared = prepared("InitiateAuth");
    Thread caller =
        new Thread(
            () -> {
              try {
                result.complete(
                    calls.call(
                        prepared,
                        (role, attempt) -> {
                          credentials.get();
                          return exchange(role, attempt);
                        }));
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    caller.start();
    await().until(() -> !calls.isIdle());
    pass(Duration.ofSeconds(9));
    assertThat(it.inFlight()).isZero();
    assertThat(it.engine.status().regions().get(PRIMARY).health()).isEqualTo(RegionHealth.UP);
    credentials.complete("there");
    exchange(0).end().complete("tokens");
    assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo("tokens");
  }

  private static PreparedCall prepared(String operation) {
    return new PreparedCall() {
      @Override
      public RoutingNeeds needs() {
        return RoutingNeeds.of(OperationSupport.of(operation));
      }

      @Override
      public Limits limits() {
        return Router.DEFAULTS;
      }
    };
  }

  @Test
  void an_interrupted_caller_is_freed_and_stays_interrupted() throws Exception {
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    CompletableFuture<Object> socket = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                calls.call(prepared("InitiateAuth"), (role, attempt) -> read(attempt, socket));
              } catch (Throwable e) {
                flag.complete(Thread.currentThread().isInterrupted());
                failure.complete(e);
              }
            });
    caller.start();
    await().until(() -> !calls.isIdle());
    caller.interrupt();
    tick();
    tick();
    assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(AbortedException.class);
    assertThat(flag.get()).isTrue();
    assertThat(reports.get(0).attempts())
        .extracting(CallReport.Entry::outcome)
        .containsExactly(AttemptOutcome.LOCAL_FAILURE);
    assertThat(reports.get(0).attempts()).hasSize(1);
  }

  /** As a socket does: an interrupt does not wake it. */
  private static Object read(HttpAttempt attempt, CompletableFuture<Object> socket)
      throws Exception {
    attempt.handOver(() -> socket.completeExceptionally(new IOException("closed")));
    attempt.writes();
    while (!socket.isDone()) {
      Thread.onSpinWait();
    }
    try {
      return socket.join();
    } catch (RuntimeException e) {
      throw SdkClientException.create("x", e.getCause());
    }
  }

  @Test
  void closing_frees_every_caller_and_rescues_none() throws Exception {
    Caller one = call("InitiateAuth");
    exchange(0);
    Caller two = call("GetUser");
    exchange(1);
    gate.close();
    calls.close();
    assertThat(one.failure()).hasMessageContaining("closed");
    assertThat(two.failure()).hasMessageContaining("closed");
    assertThat(asked()).containsExactly(PRIMARY, PRIMARY);
    assertThat(call("InitiateAuth").failure()).hasMessageContaining("closed");
    assertThat(it.engine.status().regions().get(PRIMARY).health())
        .as("no evidence")
        .isEqualTo(RegionHealth.UP);
  }

  @Test
  void calls_above_the_limit_fail_at_once_and_ended_ones_make_room() throws Exception {
    Caller first = call("InitiateAuth");
    exchange(0);
    call("InitiateAuth");
    exchange(1);
    call("InitiateAuth");
    exchange(2);
    assertThat(call("InitiateAuth").failure()).hasMessageContaining("limit 3");
    exchanges.get(0).end().complete("tokens");
    first.answer();
    call("InitiateAuth");
    exchange(3);
  }

  @Test
  void while_both_are_down_a_call_names_the_region_that_the_cap_kept_it_from() throws Exception {
    it.bothDie();
    for (int i = 0; i < 32; i++) {
      it.call("InitiateAuth");
    }
    RegionRole first = it.asked().get(0);
    Caller caller = call("InitiateAuth");
    assertThat(exchange(0).role()).isEqualTo(first.other());
    exchanges.get(0).end().completeExceptionally(Router.refused());
    assertThat(((RegionsUnavailableException) caller.failure()).attempts())
        .extracting(Attempt::role)
        .containsExactly(first, first.other());
    it.router.close();
  }

  @Test
  void an_error_leaves_nothing_in_flight() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                calls.call(
                    prepared("InitiateAuth"),
                    (role, attempt) -> {
                      throw new OutOfMemoryError("no memory");
                    });
              } catch (Throwable e) {
                failure.complete(e);
              }
            });
    caller.start();
    assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(OutOfMemoryError.class);
  }
}
