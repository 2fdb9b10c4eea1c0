package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.Advice;
import io.github.twinpool.failover.AttemptOutcome;
import io.github.twinpool.failover.internal.machine.ProbeKind;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One event of a scenario, or an expectation. */
interface ScenarioStep {
  /** How calls end in a scenario; HANG never does. */
  enum Ending {
    ANSWER(AttemptOutcome.ANSWER),
    REGIONAL_FAILURE(AttemptOutcome.REGIONAL_FAILURE),
    NOT_SERVING(AttemptOutcome.NOT_SERVING),
    LOCAL_FAILURE(AttemptOutcome.LOCAL_FAILURE),
    ABANDONED(AttemptOutcome.ABANDONED),
    /** An answer, too; but another Region may have room. */
    THROTTLED(AttemptOutcome.ANSWER),
    HANG(null);

    final AttemptOutcome outcome;

    Ending(AttemptOutcome outcome) {
      this.outcome = outcome;
    }
  }

  void play(ScenarioRun run);

  static ScenarioStep parse(Fields step) {
    Optional<Duration> at = step.maybeTime("at");
    ScenarioStep what = action(step);
    step.end();
    return run -> {
      try {
        at.ifPresent(
            time -> {
              if (time.toNanos() < run.it.now()) {
                throw new AssertionError("at " + time + " has passed already");
              }
              run.it.passUntil(time.toNanos());
            });
        what.play(run);
      } catch (AssertionError e) {
        Duration now = Duration.ofNanos(run.it.now());
        throw new AssertionError(step.where() + " at " + now + ": " + e.getMessage(), e);
      }
    };
  }

  private static ScenarioStep action(Fields step) {
    if (step.has("expect")) {
      return ScenarioExpectation.parse(nested(step, "expect"));
    }
    if (step.has("until")) {
      return until(nested(step, "until"));
    }
    if (step.has("pass")) {
      Duration time = step.time("pass");
      return run -> run.it.pass(time);
    }
    if (step.has("pause")) {
      Duration time = step.time("pause");
      return run -> run.it.pause(time);
    }
    if (step.has("ticks")) {
      Duration every = step.time("ticks");
      return run -> run.it.tickEvery(every);
    }
    if (step.has("stop")) {
      String name = step.text("stop");
      return run -> {
        if (!run.stop(name)) {
          throw new AssertionError("nothing runs under the name " + name);
        }
      };
    }
    if (step.has("endOverride")) {
      step.maybeFlag("endOverride");
      return run -> run.it.endOverride();
    }
    return described(step);
  }

  private static ScenarioStep described(Fields step) {
    for (String name :
        List.of("start", "end", "call", "calls", "region", "routed", "probes", "flap", "advice")) {
      if (step.has(name)) {
        Fields fields = nested(step, name);
        ScenarioStep what =
            switch (name) {
              case "start" -> start(fields);
              case "end" -> end(fields);
              case "call" -> call(fields);
              case "calls" -> calls(fields);
              case "region" -> region(fields);
              case "routed" -> routed(fields);
              case "probes" -> probes(fields);
              case "flap" -> flap(fields);
              default -> advice(fields);
            };
        fields.end();
        return what;
      }
    }
    Fields fields = nested(step, "override");
    ScenarioStep override = override(fields);
    fields.end();
    return override;
  }

  private static Fields nested(Fields step, String name) {
    return new Fields(step.where() + "." + name, step.wanted(name));
  }

  private static ScenarioStep start(Fields fields) {
    String name = fields.text("call");
    RegionRole region = fields.oneOf("region", RegionRole.class);
    operation(fields);
    return run -> run.calls.put(name, new ScenarioRun.Named(region, run.it.start(region)));
  }

  private static ScenarioStep end(Fields fields) {
    String name = fields.text("call");
    AttemptOutcome outcome = fields.oneOf("outcome", AttemptOutcome.class);
    return run -> {
      ScenarioRun.Named call = run.calls.remove(name);
      if (call == null) {
        throw new AssertionError("no call " + name + " is in flight");
      }
      run.it.end(call.region(), call.id(), outcome);
    };
  }

  private static ScenarioStep call(Fields fields) {
    RegionRole region = fields.oneOf("region", RegionRole.class);
    Ending ending = fields.oneOf("outcome", Ending.class);
    Duration takes = fields.maybeTime("takes").orElse(Duration.ZERO);
    int times = fields.maybeNumber("times").orElse(1);
    operation(fields);
    return run -> {
      for (int i = 0; i < times; i++) {
        run.attempt(region, ending.outcome, takes);
      }
    };
  }

  /** Calls at a steady rate, straight to one Region. */
  private static ScenarioStep calls(Fields fields) {
    RegionRole region = fields.oneOf("region", RegionRole.class);
    List<Ending> endings = fields.someOf("outcome", Ending.class);
    Duration takes = fields.maybeTime("takes").orElse(Duration.ZERO);
    operation(fields);
    Steady steady = Steady.parse(fields);
    return run -> {
      AtomicInteger count = new AtomicInteger();
      steady.play(
          run,
          () -> {
            Ending ending = endings.get(count.getAndIncrement() % endings.size());
            run.attempt(region, ending.outcome, takes);
          });
    };
  }

  private static ScenarioStep region(Fields fields) {
    List<RegionRole> regions = fields.regions("region");
    Ending ending = fields.oneOf("answers", Ending.class);
    Duration takes = fields.maybeTime("takes").orElse(Duration.ofMillis(70));
    return run ->
        regions.forEach(it -> run.router.behaves(it, new RoutedCalls.Behaviour(ending, takes)));
  }

  /** Calls at a steady rate that go where the machine sends them; see docs/scenarios.md. */
  private static ScenarioStep routed(Fields fields) {
    OperationSupport operation = operation(fields);
    boolean signIns = fields.maybeFlag("signIns").orElse(false);
    boolean rotating = fields.maybeFlag("rotating").orElse(false);
    boolean hedgeable = fields.maybeFlag("hedgeable").orElse(false);
    Steady steady = Steady.parse(fields);
    return run -> {
      AtomicInteger user = new AtomicInteger();
      steady.play(
          run,
          () ->
              run.router.call(
                  new RoutingNeeds(
                      operation,
                      null,
                      false,
                      signIns ? user.getAndIncrement() : null,
                      rotating,
                      hedgeable,
                      false)));
    };
  }

  static OperationSupport operation(Fields fields) {
    String name = fields.maybeText("operation").orElse("InitiateAuth");
    return OperationSupport.of(name);
  }

  private static ScenarioStep probes(Fields fields) {
    List<RegionRole> regions = fields.regions("region");
    List<ProbeKind> given = fields.someOf("kind", ProbeKind.class);
    List<ProbeKind> kinds = given.isEmpty() ? List.of(ProbeKind.values()) : given;
    Machine.Answers answer = fields.oneOf("answer", Machine.Answers.class);
    Optional<Duration> takes = fields.maybeTime("takes");
    if (regions.isEmpty()) {
      throw fields.wrong("wants region");
    }
    return run -> {
      for (RegionRole region : regions) {
        for (ProbeKind kind : kinds) {
          run.it.probesAnswer(region, kind, answer);
          takes.ifPresent(time -> run.it.probesTake(region, kind, time));
        }
      }
    };
  }

  /** A Region that fails, calls and probes alike, and answers again, in turn. */
  private static ScenarioStep flap(Fields fields) {
    RegionRole region = fields.oneOf("region", RegionRole.class);
    Ending with = fields.maybeOneOf("with", Ending.class).orElse(Ending.REGIONAL_FAILURE);
    Duration every = fields.time("every");
    Duration time = fields.time("for");
    return run -> {
      boolean fails = true;
      for (long t = 0; t < time.toNanos(); t += every.toNanos()) {
        run.behaves(region, fails ? with : Ending.ANSWER);
        run.it.pass(every);
        fails = !fails;
      }
      run.behaves(region, Ending.ANSWER);
    };
  }

  private static ScenarioStep advice(Fields fields) {
    Advice kind = fields.oneOf("kind", Advice.class);
    boolean healthy = fields.maybeFlag("healthy").orElseThrow(() -> fields.wrong("wants healthy"));
    if (!fields.has("every")) {
      return run -> run.it.advice(kind, healthy);
    }
    Steady steady = Steady.parse(fields);
    return run -> steady.play(run, () -> run.it.advice(kind, healthy));
  }

  private static ScenarioStep override(Fields fields) {
    RegionRole to = fields.oneOf("to", RegionRole.class);
    Duration time = fields.time("for");
    boolean strict = fields.maybeFlag("strict").orElse(false);
    return run -> run.it.override(to, strict, time);
  }

  /**
   * Lets time pass until the state is as expected: not before one time, at the latest at another.
   */
  private static ScenarioStep until(Fields fields) {
    Duration within = fields.time("within");
    Duration after = fields.maybeTime("after").orElse(Duration.ZERO);
    ScenarioStep state = ScenarioExpectation.parseState(fields);
    return run -> {
      long begin = run.it.now();
      AssertionError missing = missing(state, run);
      while (missing != null && run.it.now() - begin <= within.toNanos()) {
        run.it.step();
        missing = missing(state, run);
      }
      Duration took = Duration.ofNanos(run.it.now() - begin);
      if (missing != null) {
        throw new AssertionError("not within " + within + ": " + missing.getMessage(), missing);
      }
      if (took.compareTo(within) > 0 || took.compareTo(after) < 0) {
        throw new AssertionError("took " + took + ", not " + after + " to " + within);
      }
    };
  }

  private static AssertionError missing(ScenarioStep state, ScenarioRun run) {
    try {
      state.play(run);
      return null;
    } catch (AssertionError e) {
      return e;
    }
  }

  /** Something that is repeated: for a while, or under a name until it is stopped. */
  record Steady(Duration every, Duration forThisLong, String name) {
    static Steady parse(Fields fields) {
      Duration every = fields.time("every");
      Optional<Duration> time = fields.maybeTime("for");
      Optional<String> name = fields.maybeText("as");
      List<Object> given = new ArrayList<>();
      time.ifPresent(given::add);
      name.ifPresent(given::add);
      if (given.size() != 1 || every.isZero()) {
        throw fields.wrong("wants every over 0, and either for or as");
      }
      return new Steady(every, time.orElse(null), name.orElse(""));
    }

    void play(ScenarioRun run, Runnable step) {
      run.repeat(step, every, forThisLong, name);
    }
  }
}
