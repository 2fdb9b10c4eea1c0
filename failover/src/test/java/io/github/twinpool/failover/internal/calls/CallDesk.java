package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.internal.calls.BlockingCalls.CallGate;
import io.github.twinpool.failover.internal.calls.CallPreparation.PreparedCall;
import io.github.twinpool.failover.internal.calls.CallPreparation.PreparedCall.Limits;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** Calls whose attempts are futures, through the real rules; a test plays the Regions. */
final class CallDesk {
  /** A Region, as far as one call meets it. */
  interface Sender {
    CompletableFuture<Object> send(RegionRole role);

    /** Whether attempts are handed to the network. */
    default boolean reachesNetwork() {
      return true;
    }

    default Object answer(RegionRole role, Object answer) {
      return answer;
    }
  }

  final CallGate gate;
  final AsyncCalls async;
  private final GuardedFailover failover;

  CallDesk(
      UserPool pool,
      GuardedFailover failover,
      Optional<Duration> hedging,
      ScheduledExecutorService timer,
      Executor steps,
      int most) {
    this.failover = failover;
    gate = new CallGate(pool, failover, most);
    async = new AsyncCalls(gate, failover, hedging, timer, steps);
  }

  CompletableFuture<Object> call(RoutingNeeds needs, Limits limits, Sender sender) {
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

          @Override
          public Object answer(RegionRole role, Object answer) {
            return sender.answer(role, answer);
          }
        };
    return async.call(prepared, sending(sender));
  }

  /** Every attempt reaches the network at once. */
  static AsyncCalls.Send sending(Sender sender) {
    return (role, attempt) -> {
      if (sender.reachesNetwork()) {
        attempt.handOver(null);
        attempt.writes();
      }
      return sender.send(role);
    };
  }

  void tick() {
    boolean leftPrimary = failover.left(RegionRole.PRIMARY);
    boolean leftSecondary = failover.left(RegionRole.SECONDARY);
    async.tick(failover.now(), leftPrimary, leftSecondary);
  }

  void close() {
    gate.close();
    async.close();
  }
}
