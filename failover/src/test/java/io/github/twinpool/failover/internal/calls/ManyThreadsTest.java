package io.github.twinpool.failover.internal.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.internal.machine.FailoverStateMachine;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A router under real threads. */
class ManyThreadsTest {
  @Test
  void every_call_of_many_threads_ends_exactly_once_and_nothing_stays_in_flight() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    ExecutorService movers = Executors.newCachedThreadPool();
    ListenerDispatcher listeners = new ListenerDispatcher(List.of());
    GuardedFailover engine =
        new GuardedFailover(
            Router.POOL,
            new FailoverStateMachine(Router.hedging(), true, new Random(seed), System.nanoTime()),
            System::nanoTime,
            (role, kind, result) -> {},
            listeners);
    RegionRouter router =
        new RegionRouter(
            Router.POOL,
            engine,
            java.util.Optional.of(Duration.ofMillis(2)),
            timer,
            movers,
            100_000);
    timer.scheduleWithFixedDelay(router::tick, 0, 1, TimeUnit.MILLISECONDS);
    int threads = 8;
    int callsEach = 500;
    AtomicInteger ended = new AtomicInteger();
    List<CompletableFuture<Object>> calls = new CopyOnWriteArrayList<>();
    List<Thread> callers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Random random = new Random(seed + t);
      Thread caller =
          new Thread(
              () -> {
                List<CompletableFuture<Object>> mine = new ArrayList<>();
                for (int i = 0; i < callsEach; i++) {
                  mine.add(randomCall(router, random, timer, ended));
                }
                calls.addAll(mine);
              },
              "caller");
      caller.start();
      callers.add(caller);
    }
    for (Thread caller : callers) {
      caller.join(60_000);
    }
    assertThat(calls).hasSize(threads * callsEach);
    for (CompletableFuture<Object> call : calls) {
      call.handle((value, error) -> value).get(60, TimeUnit.SECONDS);
    }
    await().until(() -> ended.get() == threads * callsEach);
    await()
        .untilAsserted(
            () ->
                assertThat(engine.status().regions().values())
                    .allMatch(region -> region.callsInFlight() == 0));
    router.close();
    timer.shutdownNow();
    movers.shutdownNow();
    listeners.close();
  }

  private static int index(RegionRole role) {
    return role == RegionRole.PRIMARY ? 0 : 1;
  }

  private static CompletableFuture<Object> randomCall(
      RegionRouter router, Random random, ScheduledExecutorService timer, AtomicInteger ended) {
    int kind = random.nextInt(4);
    long[] delays = {random.nextInt(8), random.nextInt(8)};
    boolean[] succeeds = {random.nextBoolean(), random.nextBoolean()};
    RegionSender sender =
        new RegionSender() {
          @Override
          public CompletableFuture<Object> send(RegionRole role, boolean throttlingMoves) {
            CompletableFuture<Object> attempt = new CompletableFuture<>();
            timer.schedule(
                () ->
                    succeeds[index(role)]
                        ? attempt.complete("answer")
                        : attempt.completeExceptionally(Router.refused()),
                delays[index(role)],
                TimeUnit.MILLISECONDS);
            return attempt;
          }

          @Override
          public Object answer(RegionRole role, Object answer) {
            return answer;
          }
        };
    RoutingNeeds needs =
        kind == 0 ? Router.hedgeable() : RoutingNeeds.of(OperationSupport.of("InitiateAuth"));
    CompletableFuture<Object> call =
        router.call(
            needs,
            // Time-outs and answers race: both come within milliseconds.
            new RegionRouter.CallLimits(Duration.ofMillis(10), Duration.ofMillis(4)),
            sender);
    call.whenComplete((value, error) -> ended.incrementAndGet());
    if (kind == 1) {
      timer.schedule(() -> call.cancel(true), random.nextInt(6), TimeUnit.MILLISECONDS);
    }
    return call;
  }
}
