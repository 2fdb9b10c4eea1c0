package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.Advice;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.internal.calls.ScenarioStep.Ending;
import io.github.twinpool.failover.internal.machine.ProbeKind;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A random history of calls, faults, pauses, advice and overrides, of which each event stands for
 * itself, so that a history without some of its events is a history, too.
 */
record RandomHistory(long seed, FailoverPolicy policy, List<Event> events) {
  /** Short, so that a history has room for many failovers and failbacks. */
  private static FailoverPolicy policy(Random random) {
    FailoverPolicy.Builder policy =
        FailoverPolicy.builder()
            .dwell(Duration.ofSeconds(10))
            .dwellCap(Duration.ofSeconds(30))
            .failbackStep(Duration.ofSeconds(3))
            .observeOnly(random.nextInt(10) == 0);
    return random.nextInt(3) == 0
        ? policy.hedgeAfter(millis(random.nextInt(100, 800))).build()
        : policy.build();
  }

  private static final List<Ending> ENDINGS =
      List.of(
          Ending.ANSWER,
          Ending.REGIONAL_FAILURE,
          Ending.NOT_SERVING,
          Ending.LOCAL_FAILURE,
          Ending.THROTTLED,
          Ending.HANG);

  private static final int LENGTH = 60_000;
  private static final String PINNED = "RespondToAuthChallenge";
  private static final String[] OPERATIONS = {
    "InitiateAuth", "InitiateAuth", "InitiateAuth", "GetUser", "SignUp", "ForgotPassword", PINNED
  };

  /** What happens, told so that a person can read it. */
  record Event(int atMillis, String what, Step step) {
    @Override
    public String toString() {
      return atMillis + " ms: " + what;
    }
  }

  /** What an event does. */
  interface Step {
    void play(Machine it, RoutedCalls router);
  }

  static RandomHistory of(long seed) {
    Random random = new Random(seed);
    List<Event> events = new ArrayList<>();
    int changes = random.nextInt(3, 14);
    for (int i = 0; i < changes; i++) {
      events.add(change(random));
    }
    int calls = random.nextInt(20, 250);
    for (int i = 0; i < calls; i++) {
      events.add(call(random));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      burst(random, events);
    }
    events.sort(Comparator.comparingInt(Event::atMillis));
    return new RandomHistory(seed, policy(random), List.copyOf(events));
  }

  RandomHistory with(List<Event> some) {
    return new RandomHistory(seed, policy, List.copyOf(some));
  }

  private static Event change(Random random) {
    int at = random.nextInt(LENGTH);
    RegionRole region = any(random, List.of(RegionRole.values()));
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> outage(random, at, region);
      case 3 -> recovery(at, region);
      case 4 -> callsOnly(random, at, region);
      case 5, 6 -> probesOnly(random, at, region);
      case 7 -> pause(random, at);
      case 8 -> advice(random, at);
      default -> override(random, at, region);
    };
  }

  private static Event outage(Random random, int at, RegionRole region) {
    boolean hangs = random.nextBoolean();
    Ending ending = hangs ? Ending.HANG : Ending.REGIONAL_FAILURE;
    Machine.Answers probes = hangs ? Machine.Answers.SILENT : Machine.Answers.FAILED;
    return new Event(
        at,
        "the " + region + (hangs ? " hangs" : " fails"),
        (it, router) -> {
          router.behaves(region, new RoutedCalls.Behaviour(ending, millis(20)));
          it.probesAnswer(region, probes);
        });
  }

  private static Event recovery(int at, RegionRole region) {
    return new Event(at, "the " + region + " answers", (it, router) -> healthy(it, router, region));
  }

  static void healthy(Machine it, RoutedCalls router, RegionRole region) {
    router.behaves(region, new RoutedCalls.Behaviour(Ending.ANSWER, millis(70)));
    it.probesAnswer(region, Machine.Answers.ALIVE);
    it.probesTake(region, millis(50));
  }

  private static Event callsOnly(Random random, int at, RegionRole region) {
    Ending ending = any(random, ENDINGS);
    Duration takes = millis(random.nextInt(1, 7_000));
    return new Event(
        at,
        "calls at the " + region + ": " + ending + " after " + takes,
        (it, router) -> router.behaves(region, new RoutedCalls.Behaviour(ending, takes)));
  }

  private static Event probesOnly(Random random, int at, RegionRole region) {
    Machine.Answers how = any(random, List.of(Machine.Answers.values()));
    ProbeKind kind = any(random, List.of(ProbeKind.values()));
    Duration takes = millis(random.nextInt(1, 1_500));
    return new Event(
        at,
        kind + " probes of the " + region + ": " + how + " after " + takes,
        (it, router) -> {
          it.probesAnswer(region, kind, how);
          it.probesTake(region, kind, takes);
        });
  }

  private static Event pause(Random random, int at) {
    Duration time = millis(random.nextInt(100, 20_000));
    return new Event(at, "a pause of " + time, (it, router) -> it.pause(time));
  }

  private static Event advice(Random random, int at) {
    Advice kind = any(random, List.of(Advice.values()));
    boolean healthy = random.nextBoolean();
    return new Event(at, kind + " healthy=" + healthy, (it, router) -> it.advice(kind, healthy));
  }

  private static Event override(Random random, int at, RegionRole region) {
    boolean strict = random.nextBoolean();
    Duration time = millis(random.nextInt(1, 20_000));
    return new Event(
        at,
        "override to the " + region + " for " + time + (strict ? ", strict" : ""),
        (it, router) -> it.override(region, strict, time));
  }

  private static Event call(Random random) {
    return call(random, random.nextInt(LENGTH));
  }

  private static Event call(Random random, int at) {
    String name = OPERATIONS[random.nextInt(OPERATIONS.length)];
    Integer user = "InitiateAuth".equals(name) && random.nextBoolean() ? random.nextInt() : null;
    boolean rotating = "InitiateAuth".equals(name) && user == null && random.nextInt(5) == 0;
    boolean hedgeable = "GetUser".equals(name);
    RegionRole pinned = PINNED.equals(name) ? any(random, List.of(RegionRole.values())) : null;
    RoutingNeeds needs =
        new RoutingNeeds(
            OperationSupport.of(name), pinned, pinned != null, user, rotating, hedgeable, false);
    int patience = random.nextInt(10) == 0 ? random.nextInt(1, 5_000) : 0;
    return new Event(
        at,
        name
            + (user == null ? "" : " of user " + user)
            + (rotating ? ", rotating" : "")
            + (pinned == null ? "" : ", begun at the " + pinned)
            + (patience == 0 ? "" : ", cancelled after " + patience + " ms"),
        (it, router) -> {
          RoutedCalls.Call call = router.call(needs);
          if (patience > 0) {
            it.schedule(millis(patience).toNanos(), () -> call.result.cancel(true));
          }
        });
  }

  private static void burst(Random random, List<Event> events) {
    int at = random.nextInt(LENGTH);
    int every = random.nextInt(1, 100);
    for (int i = random.nextInt(10, 80); i > 0; i--, at += every) {
      events.add(call(random, at));
    }
  }

  private static <T> T any(Random random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }
}
