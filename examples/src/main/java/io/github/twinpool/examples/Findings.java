package io.github.twinpool.examples;

import io.github.twinpool.examples.History.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a run showed, in sentences: the same ones in the terminal and in the report. */
final class Findings {
  /** A sentence and what it is about. */
  record Finding(String about, String text) {}

  private final DemoResult result;

  Findings(DemoResult result) {
    this.result = result;
  }

  List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    for (String contender : result.contenders()) {
      findings.add(new Finding(contender, headline(contender)));
    }
    findings.add(new Finding("Time to switch", timeToSwitch()));
    findings.add(new Finding("Time to switch back", timeToSwitchBack()));
    for (String contender : result.contenders()) {
      findings.add(new Finding("Sign-ups, " + contender, signUps(contender)));
    }
    for (String contender : result.contenders()) {
      findings.add(new Finding("Tokens, " + contender, tokens(contender)));
    }
    findings.add(new Finding(PlainSdk.NAME + " has", PlainSdk.settings()));
    findings.add(new Finding("For this demo", shortened()));
    return findings;
  }

  private String headline(String contender) {
    LatencyStats stats = result.stats(contender, DemoResult.EITHER_REGION);
    String hanging =
        stats.hanging() == 0 ? "" : " (" + stats.hanging() + " " + Outcome.HANGING.label() + ")";
    return String.format(
        Locale.ROOT,
        "answered %s sign-ins and refreshes while the primary hung; of all %d, %d failed%s and"
            + " %d came late; the longest wait was %s",
        result.servedInOutage(contender),
        stats.calls(),
        stats.failed(),
        hanging,
        stats.late(),
        Figures.ofNanos(stats.maxNanos()));
  }

  private String timeToSwitch() {
    return since(
        result.history().switched(),
        result.history().outageBeganNanos(),
        "after the primary stopped answering",
        "Twinpool did not switch to the secondary");
  }

  private String timeToSwitchBack() {
    return since(
        result.history().returned(),
        result.history().outageEndedNanos(),
        "after the primary answered again",
        "Twinpool was not back at the primary when the demo ended");
  }

  private static String since(Optional<Turn> turn, long sinceNanos, String what, String otherwise) {
    return turn.map(
            it -> Figures.ofNanos(it.atNanos() - sinceNanos) + " " + what + ": " + it.reason())
        .orElse(otherwise);
  }

  private String signUps(String contender) {
    LatencyStats stats = result.stats(contender, Phase.OUTAGE, Operation.SIGN_UP);
    String counts =
        String.format(
            Locale.ROOT,
            "%d during the outage, %d failed, %d came late, %d refused at once",
            stats.calls(),
            stats.failed(),
            stats.late(),
            stats.refused());
    return result.problems(contender, Operation.SIGN_UP, Outcome.REFUSED).stream()
        .findFirst()
        .map(why -> counts + " (" + why + "); one at a time is let through, to try the primary")
        .orElse(counts);
  }

  private String tokens(String contender) {
    LatencyStats stats = result.stats(contender, Set.of(Operation.VALIDATE));
    return String.format(
        Locale.ROOT,
        "%d validated, %d not; p99 %s",
        stats.calls() - stats.failed(),
        stats.failed(),
        Figures.ofNanos(stats.p99Nanos()));
  }

  private String shortened() {
    List<String> waits =
        result.shortened().stream()
            .map(
                it ->
                    String.format(
                        Locale.ROOT,
                        "%s %s → %s",
                        it.what(),
                        Figures.of(it.usually()),
                        Figures.of(it.here())))
            .toList();
    return "dwell and steps are shortened: " + String.join(", ", waits);
  }
}
