package io.github.twinpool.failover.internal.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.OperationSupport;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.RegionHealth;
import io.github.twinpool.failover.Transition;
import io.github.twinpool.failover.internal.machine.Effect;
import io.github.twinpool.failover.internal.machine.ProbeKind;
import io.github.twinpool.failover.internal.machine.Route;
import io.github.twinpool.failover.internal.machine.RoutingNeeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a scenario expects at one moment. */
final class ScenarioExpectation {
  private ScenarioExpectation() {}

  static ScenarioStep parse(Fields fields) {
    List<ScenarioStep> all = new ArrayList<>();
    fields.mappings("route").forEach(it -> all.add(route(it)));
    if (fields.has("transitions")) {
      all.add(transitions(fields.mappings("transitions")));
    }
    if (fields.has("health")) {
      all.add(healthChanges(fields.mappings("health")));
    }
    if (fields.has("probes")) {
      all.add(probes(fields.mappings("probes")));
    }
    if (fields.has("routed")) {
      Fields routed = new Fields(fields.where() + ".routed", fields.wanted("routed"));
      all.add(routed(routed));
    }
    fields
        .maybeNumber("switches")
        .ifPresent(n -> all.add(run -> assertThat(run.count()).as("switches").isEqualTo(n)));
    fields
        .maybeNumber("switchesAtMost")
        .ifPresent(
            n -> all.add(run -> assertThat(run.count()).as("switches").isLessThanOrEqualTo(n)));
    boolean more = !all.isEmpty();
    all.add(state(fields, more));
    return run -> all.forEach(it -> it.play(run));
  }

  /** Only what can be looked at again and again. */
  static ScenarioStep parseState(Fields fields) {
    return state(fields, false);
  }

  /** One thing that can be looked at at any moment; no assertion, since until looks often. */
  private record Look(String what, Object wanted, Function<ScenarioRun, Object> seen) {}

  private static ScenarioStep state(Fields fields, boolean mayBeEmpty) {
    List<Look> looks = new ArrayList<>();
    fields
        .maybeOneOf("mode", FailoverMode.class)
        .ifPresent(it -> looks.add(new Look("mode", it, run -> run.it.machine.effectiveMode())));
    fields
        .maybeOneOf("serving", RegionRole.class)
        .ifPresent(it -> looks.add(new Look("serving", it, run -> run.it.machine.serving())));
    for (RegionRole role : RegionRole.values()) {
      String key = role == RegionRole.PRIMARY ? "primary" : "secondary";
      fields
          .maybeOneOf(key, RegionHealth.class)
          .ifPresent(it -> looks.add(new Look(key, it, run -> run.it.machine.health(role))));
      fields
          .maybeText(key + "Reason")
          .ifPresent(it -> looks.add(new Look(key + "Reason", it, run -> reason(run, role, it))));
    }
    fields
        .maybeNumber("percent")
        .ifPresent(it -> looks.add(new Look("percent", it, ScenarioExpectation::percent)));
    fields
        .maybeFlag("bothDown")
        .ifPresent(it -> looks.add(new Look("bothDown", it, run -> run.it.machine.bothDown())));
    if (fields.has("left")) {
      List<RegionRole> left = fields.regions("left");
      looks.add(
          new Look(
              "left",
              left,
              run -> Stream.of(RegionRole.values()).filter(run.it.machine::left).toList()));
    }
    fields.end();
    if (looks.isEmpty() && !mayBeEmpty) {
      throw fields.wrong("expects nothing");
    }
    return run -> {
      for (Look look : looks) {
        Object seen = look.seen().apply(run);
        if (!look.wanted().equals(seen)) {
          throw new Mismatch(look.what() + " is " + seen + ", not " + look.wanted());
        }
      }
    };
  }

  /** The word itself if the reason contains it. */
  private static Object reason(ScenarioRun run, RegionRole role, String word) {
    String reason = run.it.machine.healthReason(role);
    return reason.contains(word) ? word : reason;
  }

  /** Cheap enough to be thrown at every moment that until looks at. */
  private static final class Mismatch extends AssertionError {
    private static final long serialVersionUID = 1;

    Mismatch(String message) {
      super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  /** The share of new sign-ins that the primary gets, as users see it. */
  private static int percent(ScenarioRun run) {
    int atPrimary = 0;
    for (int user = 0; user < 100; user++) {
      RoutingNeeds signIn =
          new RoutingNeeds(Machine.SIGN_IN, null, false, user, false, false, false);
      List<RegionRole> order = run.it.machine.route(signIn, run.it.now()).order();
      atPrimary += !order.isEmpty() && order.get(0) == RegionRole.PRIMARY ? 1 : 0;
    }
    return atPrimary;
  }

  private static ScenarioStep route(Fields fields) {
    OperationSupport operation = ScenarioStep.operation(fields);
    Optional<RegionRole> pinned = fields.maybeOneOf("pinned", RegionRole.class);
    boolean conversation = fields.maybeFlag("conversation").orElse(false);
    Optional<Integer> user = fields.maybeNumber("user");
    Optional<String> refused = fields.maybeText("refused");
    boolean ordered = fields.has("order");
    List<RegionRole> order = fields.regions("order");
    Optional<Duration> attempt = fields.maybeTime("attempt");
    fields.end();
    if (ordered == refused.isPresent()) {
      throw fields.wrong("wants either order or refused");
    }
    RoutingNeeds needs =
        new RoutingNeeds(
            operation, pinned.orElse(null), conversation, user.orElse(null), false, false, false);
    return run -> {
      Route route = run.it.machine.route(needs, run.it.now());
      String what = "route of " + operation.operation();
      List<RegionRole> tried =
          route.order().stream()
              .filter(role -> !route.capped() || !run.it.machine.full(role))
              .toList();
      assertThat(tried).as(what).isEqualTo(order);
      refused.ifPresent(word -> assertThat(route.refusal()).as(what).contains(word));
      attempt.ifPresent(
          time -> assertThat(route.attemptTimeout()).as(what).isEqualTo(time.toNanos()));
    };
  }

  private record Wanted(
      FailoverMode from,
      FailoverMode to,
      String because,
      Optional<Integer> failed,
      Optional<Integer> rescued,
      Optional<Duration> after,
      boolean observed) {}

  private static ScenarioStep transitions(List<Fields> items) {
    List<Wanted> wanted = new ArrayList<>();
    for (Fields fields : items) {
      wanted.add(
          new Wanted(
              fields.oneOf("from", FailoverMode.class),
              fields.oneOf("to", FailoverMode.class),
              fields.text("because"),
              fields.maybeNumber("failed"),
              fields.maybeNumber("rescued"),
              fields.maybeTime("after"),
              fields.maybeFlag("observed").orElse(false)));
      fields.end();
    }
    return run -> {
      List<Transition> seen = run.newTransitions();
      assertThat(seen).as("transitions %s", seen).hasSameSizeAs(wanted);
      for (int i = 0; i < wanted.size(); i++) {
        Wanted want = wanted.get(i);
        Transition it = seen.get(i);
        assertThat(it.from()).as("from of %s", it).isEqualTo(want.from());
        assertThat(it.to()).as("to of %s", it).isEqualTo(want.to());
        assertThat(it.reason()).contains(want.because());
        assertThat(it.observedOnly()).as("observed of %s", it).isEqualTo(want.observed());
        want.failed().ifPresent(n -> assertThat(it.failedCalls()).as("failed").isEqualTo((long) n));
        want.rescued()
            .ifPresent(n -> assertThat(it.rescuedCalls()).as("rescued").isEqualTo((long) n));
        want.after()
            .ifPresent(t -> assertThat(it.timeInOldMode()).as("time in old mode").isEqualTo(t));
      }
    };
  }

  private static ScenarioStep healthChanges(List<Fields> items) {
    List<String> wanted = new ArrayList<>();
    for (Fields fields : items) {
      wanted.add(
          fields.oneOf("region", RegionRole.class)
              + " "
              + fields.oneOf("from", RegionHealth.class)
              + " -> "
              + fields.oneOf("to", RegionHealth.class));
      fields.end();
    }
    return run ->
        assertThat(run.newHealthChanges())
            .extracting(it -> it.role() + " " + it.from() + " -> " + it.to())
            .isEqualTo(wanted);
  }

  private static ScenarioStep probes(List<Fields> items) {
    List<java.util.function.Consumer<List<Effect.Probe>>> checks = new ArrayList<>();
    for (Fields fields : items) {
      RegionRole region = fields.oneOf("region", RegionRole.class);
      ProbeKind kind = fields.oneOf("kind", ProbeKind.class);
      int atLeast = fields.maybeNumber("atLeast").orElse(0);
      int atMost = fields.maybeNumber("atMost").orElse(Integer.MAX_VALUE);
      fields.end();
      checks.add(
          seen ->
              assertThat(seen.stream().filter(p -> p.role() == region && p.kind() == kind).count())
                  .as("%s probes of the %s", kind, region)
                  .isBetween((long) atLeast, (long) atMost));
    }
    return run -> {
      List<Effect.Probe> seen = run.newProbes();
      checks.forEach(it -> it.accept(seen));
    };
  }

  private static ScenarioStep routed(Fields fields) {
    Optional<Integer> atLeast = fields.maybeNumber("atLeast");
    Optional<Integer> failed = fields.maybeNumber("failed");
    Optional<Integer> failedAtMost = fields.maybeNumber("failedAtMost");
    Optional<Integer> movedAtLeast = fields.maybeNumber("movedAtLeast");
    Optional<Integer> movedAtMost = fields.maybeNumber("movedAtMost");
    Optional<Duration> slowest = fields.maybeTime("slowest");
    Optional<Boolean> refused = fields.maybeFlag("allRefused");
    fields.end();
    return run -> {
      assertThat(run.router.violations).isEmpty();
      List<RoutedCalls.Call> seen = run.newRouted();
      long lost = seen.stream().filter(it -> !it.answered()).count();
      long moved = seen.stream().filter(it -> it.attempts.size() > 1).count();
      long longest = seen.stream().mapToLong(it -> it.ended - it.begun).max().orElse(0);
      assertThat(seen).as("routed calls").hasSizeGreaterThanOrEqualTo(atLeast.orElse(1));
      failed.ifPresent(n -> assertThat(lost).as("failed calls").isEqualTo((long) n));
      failedAtMost.ifPresent(n -> assertThat(lost).as("failed calls").isLessThanOrEqualTo(n));
      movedAtLeast.ifPresent(n -> assertThat(moved).as("moved").isGreaterThanOrEqualTo(n));
      movedAtMost.ifPresent(n -> assertThat(moved).as("moved").isLessThanOrEqualTo(n));
      refused.ifPresent(
          it -> assertThat(seen.stream().allMatch(RoutedCalls.Call::refused)).isEqualTo(it));
      slowest.ifPresent(
          time -> assertThat(Duration.ofNanos(longest)).as("slowest").isLessThanOrEqualTo(time));
    };
  }
}
