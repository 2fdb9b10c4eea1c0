package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.OperationSupport.Routing;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.internal.calls.ScenarioStep.Ending;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import io.github.twinpool.failover.internal.regions.LocalFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TooManyRequestsException;

/**
 * Calls through the real router, in virtual time and on the machine of a scenario or a history.
 * Regions behave as told. Notes what must never happen.
 */
final class RoutedCalls {
  /**
   * How a Region treats calls.
   *
   * @param ending how they end
   * @param takes after what time
   */
  record Behaviour(Ending ending, Duration takes) {}

  /** How one call went. */
  static final class Call {
    final RoutingNeeds needs;
    final long begun;
    final long deadline;
    final List<RegionRole> attempts = new ArrayList<>();
    final List<CompletableFuture<Object>> futures = new ArrayList<>();
    CompletableFuture<Object> result;
    boolean answerSent;
    boolean answered;
    long ended = -1;
    int endings;

    private Call(RoutingNeeds needs, long begun, long deadline) {
      this.needs = needs;
      this.begun = begun;
      this.deadline = deadline;
    }

    boolean answered() {
      return answered;
    }

    boolean refused() {
      return attempts.isEmpty();
    }
  }

  final List<Call> calls = new ArrayList<>();
  final List<String> violations = new ArrayList<>();
  private final Map<RegionRole, Behaviour> behaviours = new EnumMap<>(RegionRole.class);
  private final Machine it;
  private final FailoverPolicy policy;
  private final RegionRouter router;

  RoutedCalls(Machine machine, FailoverPolicy policy) {
    this.it = machine;
    this.policy = policy;
    router =
        new RegionRouter(
            Router.POOL, it.engine, policy.hedgeAfter(), it.time, it.time, Integer.MAX_VALUE);
    for (RegionRole role : RegionRole.values()) {
      behaves(role, new Behaviour(Ending.ANSWER, Duration.ofMillis(70)));
    }
    machine.afterTick(router::tick);
  }

  void behaves(RegionRole role, Behaviour behaviour) {
    behaviours.put(role, behaviour);
  }

  Call call(RoutingNeeds needs) {
    Call call = new Call(needs, it.now(), it.now() + policy.callDeadline().toNanos());
    calls.add(call);
    RegionRouter.CallLimits limits = new RegionRouter.CallLimits(policy.callDeadline(), null);
    call.result = router.call(needs, limits, sender(call));
    call.result.whenComplete((value, error) -> ended(call, error));
    return call;
  }

  private void ended(Call call, Throwable error) {
    call.endings++;
    call.ended = it.now();
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    boolean refusalOfRegion =
        cause instanceof AwsServiceException service
            && service.statusCode() < 500
            && !(service instanceof TooManyRequestsException);
    call.answered = cause == null || refusalOfRegion;
  }

  RegionSender sender(Call call) {
    return new RegionSender() {
      @Override
      public CompletableFuture<Object> send(RegionRole role, boolean throttlingMoves) {
        return RoutedCalls.this.send(call, role);
      }

      @Override
      public Object answer(RegionRole role, Object answer) {
        return answer;
      }
    };
  }

  private CompletableFuture<Object> send(Call call, RegionRole role) {
    lookAt(call, role);
    CompletableFuture<Object> attempt = new CompletableFuture<>();
    call.attempts.add(role);
    call.futures.add(attempt);
    Behaviour behaviour = behaviours.get(role);
    if (behaviour.ending() != Ending.HANG) {
      it.schedule(behaviour.takes().toNanos(), () -> end(call, attempt, behaviour.ending(), role));
    }
    return attempt;
  }

  private void lookAt(Call call, RegionRole role) {
    Routing routing = call.needs.operation().routing();
    RegionRole pinned = call.needs.pinned();
    String name = call.needs.operation().operation();
    if (pinned == null ? !routing.moves() && role != RegionRole.PRIMARY : role != pinned) {
      violations.add(name + " was sent to the " + role);
    }
    boolean overridden = it.mode() == FailoverMode.OVERRIDE;
    if (policy.observeOnly() && !overridden && pinned == null && role == RegionRole.SECONDARY) {
      // A call that began under an override may still move.
      if (call.attempts.isEmpty()) {
        violations.add(name + " was sent to the " + role + " while only observing");
      }
    }
    if (call.answerSent || call.ended >= 0 || call.attempts.contains(role)) {
      violations.add("a call moved to the " + role + " after an answer or its end");
    }
    boolean onceSent = call.needs.onlyIfNotSent() && !call.attempts.isEmpty();
    if (onceSent && behaviours.get(role.other()).ending() == Ending.HANG) {
      violations.add("a rotating token moved although it may have been sent");
    }
  }

  private void end(Call call, CompletableFuture<Object> attempt, Ending ending, RegionRole role) {
    // What the caller no longer waits for does not count as an answer.
    if (attempt.isDone()) {
      return;
    }
    switch (ending) {
      case ANSWER -> {
        call.answerSent = true;
        attempt.complete(role);
      }
      case REGIONAL_FAILURE -> attempt.completeExceptionally(Router.readTimeout());
      case NOT_SERVING -> {
        call.answerSent = role == RegionRole.PRIMARY || call.needs.conversation();
        attempt.completeExceptionally(Router.notEnabled());
      }
      case LOCAL_FAILURE ->
          attempt.completeExceptionally(new LocalFailure(new IllegalStateException("no thread")));
      case THROTTLED -> {
        call.answerSent = role == RegionRole.PRIMARY;
        attempt.completeExceptionally(Router.throttled());
      }
      case ABANDONED, HANG -> throw new IllegalArgumentException("a Region does not " + ending);
    }
  }

  List<Call> active() {
    return calls.stream().filter(call -> call.ended < 0).toList();
  }

  /** What is still held of calls that have ended. */
  List<String> leftovers() {
    List<String> all = new ArrayList<>();
    for (Call call : calls) {
      if (call.ended >= 0 && !call.futures.stream().allMatch(CompletableFuture::isDone)) {
        all.add("an attempt goes on after the end of its call");
      }
    }
    if (active().isEmpty()) {
      it.engine
          .status()
          .regions()
          .values()
          .forEach(
              region -> {
                if (region.callsInFlight() != 0) {
                  all.add(region.callsInFlight() + " calls are counted as in flight for ever");
                }
              });
    }
    return all;
  }
}
