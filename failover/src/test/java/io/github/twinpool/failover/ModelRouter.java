package io.github.twinpool.failover;

import io.github.twinpool.OperationSupport.Routing;
import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The routing of calls in virtual time, as docs/scenarios.md describes it: the ordered Regions, one
 * attempt each, attempts left behind at a switch, a deadline. Regions behave as told.
 */
final class ModelRouter {
  /**
   * How a Region treats calls.
   *
   * @param outcome how they end, or null if they hang
   * @param takes after what time they end
   */
  record Behaviour(AttemptOutcome outcome, Duration takes) {}

  /** How one call went. */
  static final class Call {
    final Demand demand;
    final long begun;
    final long deadline;
    final List<RegionRole> attempts = new ArrayList<>();
    Route route;
    AttemptOutcome lastOutcome;
    long ended = -1;
    int endings;

    private RegionRole role;
    private long attemptId;
    private long attemptBegun;

    private Call(Demand demand, long begun, long deadline) {
      this.demand = demand;
      this.begun = begun;
      this.deadline = deadline;
    }

    boolean answered() {
      return lastOutcome == AttemptOutcome.ANSWER;
    }

    boolean refused() {
      return attempts.isEmpty();
    }
  }

  final List<Call> calls = new ArrayList<>();
  final List<String> violations = new ArrayList<>();
  private final List<Call> active = new ArrayList<>();
  private final Map<RegionRole, Behaviour> behaviours = new EnumMap<>(RegionRole.class);
  private final Machine it;
  private final long deadline;

  ModelRouter(Machine machine, Duration deadline) {
    this.it = machine;
    this.deadline = deadline.toNanos();
    for (RegionRole role : RegionRole.values()) {
      behaves(role, new Behaviour(AttemptOutcome.ANSWER, Duration.ofMillis(70)));
    }
    machine.afterTick(this::tick);
  }

  void behaves(RegionRole role, Behaviour behaviour) {
    behaviours.put(role, behaviour);
  }

  List<Call> active() {
    return active;
  }

  Call call(Demand demand) {
    Call call = new Call(demand, it.now(), it.now() + deadline);
    calls.add(call);
    call.route = it.machine.route(demand, it.now());
    if (call.route.order().isEmpty()) {
      end(call);
    } else {
      active.add(call);
      send(call, call.route.order().get(0));
    }
    return call;
  }

  /** Sends a call where it should not go. */
  void sendForTest(Demand demand, RegionRole role) {
    send(new Call(demand, it.now(), it.now() + deadline), role);
  }

  private void send(Call call, RegionRole role) {
    Routing routing = call.demand.operation().routing();
    if (!routing.moves() && call.demand.pinned() == null && role != RegionRole.PRIMARY) {
      violations.add(call.demand.operation().operation() + " was sent to the " + role);
    }
    if (call.answered() || call.ended >= 0 || call.attempts.contains(role)) {
      violations.add("a call moved to the " + role + " after " + call.lastOutcome);
    }
    call.attempts.add(role);
    call.role = role;
    call.attemptBegun = it.now();
    long id = it.start(role);
    call.attemptId = id;
    Behaviour behaviour = behaviours.get(role);
    if (behaviour.outcome() != null) {
      it.schedule(behaviour.takes().toNanos(), () -> ended(call, id, behaviour.outcome()));
    }
  }

  private void ended(Call call, long id, AttemptOutcome outcome) {
    if (call.ended >= 0 || call.attemptId != id) {
      return;
    }
    AttemptOutcome what =
        outcome == AttemptOutcome.NOT_SERVING && call.role == RegionRole.PRIMARY
            ? AttemptOutcome.ANSWER
            : outcome;
    it.end(call.role, id, what);
    call.lastOutcome = what;
    if (what == AttemptOutcome.ANSWER) {
      if (call.attempts.size() > 1) {
        it.machine.callRescued();
      }
      end(call);
    } else if (what == AttemptOutcome.LOCAL_FAILURE) {
      end(call);
    } else {
      next(call);
    }
  }

  private void next(Call call) {
    int tried = call.attempts.size();
    if (tried < call.route.order().size()
        && it.now() < call.deadline
        && !call.demand.onlyIfNotSent()) {
      send(call, call.route.order().get(tried));
    } else {
      it.machine.callFailed();
      end(call);
    }
  }

  private void end(Call call) {
    call.endings++;
    call.ended = it.now();
    active.remove(call);
  }

  private void tick() {
    for (Call call : List.copyOf(active)) {
      long age = it.now() - call.attemptBegun;
      boolean last = call.attempts.size() == call.route.order().size();
      if (it.now() >= call.deadline || age >= call.route.attemptTimeout()) {
        giveUp(call, AttemptOutcome.REGIONAL_FAILURE);
      } else if (!last && !call.demand.onlyIfNotSent() && it.machine.left(call.role)) {
        giveUp(call, AttemptOutcome.ABANDONED);
      }
    }
  }

  private void giveUp(Call call, AttemptOutcome outcome) {
    long id = call.attemptId;
    call.attemptId = -1;
    call.lastOutcome = outcome;
    it.end(call.role, id, outcome);
    next(call);
  }
}
