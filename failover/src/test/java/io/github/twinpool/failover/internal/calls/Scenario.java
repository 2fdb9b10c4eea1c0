package io.github.twinpool.failover.internal.calls;

import io.github.twinpool.failover.FailoverPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** One scenario of a file in src/test/resources/scenarios; docs/scenarios.md has the format. */
record Scenario(
    String file,
    String id,
    String intent,
    List<String> covers,
    FailoverPolicy policy,
    boolean replicated,
    long seed,
    List<ScenarioStep> steps) {

  static List<Scenario> parse(String file, String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    Object loaded = new Yaml(new SafeConstructor(options)).load(yaml);
    if (!(loaded instanceof List<?> list)) {
      throw new IllegalArgumentException(file + ": wants a list of scenarios");
    }
    List<Scenario> scenarios = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Object item : list) {
      Scenario scenario = parse(file, new Fields(file, item));
      if (!ids.add(scenario.id())) {
        throw new IllegalArgumentException(file + ": two scenarios are called " + scenario.id());
      }
      scenarios.add(scenario);
    }
    return scenarios;
  }

  private static Scenario parse(String file, Fields fields) {
    String id = fields.text("id");
    if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw fields.wrong("id " + id + ": wants small letters, digits and hyphens");
    }
    String where = file + "/" + id;
    List<ScenarioStep> steps = new ArrayList<>();
    List<Object> events = fields.list("events");
    for (int i = 0; i < events.size(); i++) {
      steps.add(ScenarioStep.parse(new Fields(where + "[" + i + "]", events.get(i))));
    }
    List<String> covers = fields.list("covers").stream().map(String::valueOf).toList();
    if (covers.isEmpty() || steps.isEmpty()) {
      throw fields.wrong(id + " wants at least one key that it covers, and one event");
    }
    Scenario scenario =
        new Scenario(
            file,
            id,
            fields.text("intent"),
            covers,
            policy(new Fields(where + ".policy", fields.any("policy").orElse(java.util.Map.of()))),
            fields.maybeFlag("replicated").orElse(true),
            fields.maybeNumber("seed").orElse(1),
            steps);
    fields.end();
    return scenario;
  }

  private static FailoverPolicy policy(Fields fields) {
    FailoverPolicy.Builder policy = FailoverPolicy.builder();
    fields.maybeTime("attemptTimeout").ifPresent(policy::attemptTimeout);
    fields.maybeTime("callDeadline").ifPresent(policy::callDeadline);
    fields.maybeTime("dwell").ifPresent(policy::dwell);
    fields.maybeTime("dwellCap").ifPresent(policy::dwellCap);
    fields.maybeTime("failbackStep").ifPresent(policy::failbackStep);
    fields.maybeTime("probeInterval").ifPresent(policy::probeInterval);
    fields.maybeTime("suspectProbeInterval").ifPresent(policy::suspectProbeInterval);
    fields.maybeFlag("observeOnly").ifPresent(policy::observeOnly);
    fields.maybeTime("hedgeAfter").ifPresent(policy::hedgeAfter);
    fields.end();
    return policy.build();
  }

  /** Plays it in virtual time; throws an AssertionError that names the step. */
  void play() {
    ScenarioRun run = new ScenarioRun(policy, replicated, seed);
    for (ScenarioStep step : steps) {
      step.play(run);
    }
  }

  @Override
  public String toString() {
    return id + ": " + intent;
  }
}
