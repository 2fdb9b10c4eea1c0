package io.github.twinpool.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The end of the demo in the terminal: calls, failures and waits per phase, then the findings. */
final class SummaryTable {
  /** The operations of the tables: validations have a line of their own. */
  static final List<Operation> SHOWN =
      List.of(Operation.SIGN_IN, Operation.REFRESH, Operation.SIGN_UP);

  private SummaryTable() {}

  static List<String> lines(DemoResult result) {
    List<String> lines = new ArrayList<>();
    lines.add(row("", "", "calls", "failed", "refused", "p50", "p99", "max"));
    for (Phase phase : Phase.values()) {
      History history = result.history();
      long nanos = history.endedNanos(phase) - history.beganNanos(phase);
      lines.add(phase.label() + ", " + Figures.ofNanos(nanos));
      for (Operation operation : SHOWN) {
        String label = operation.label();
        for (String contender : result.contenders()) {
          lines.add(row(label, contender, result.stats(contender, phase, operation)));
          label = "";
        }
      }
    }
    lines.add("");
    for (Findings.Finding finding : new Findings(result).all()) {
      lines.add(String.format(Locale.ROOT, "%-24s %s", finding.about(), finding.text()));
    }
    return lines;
  }

  private static String row(String operation, String contender, LatencyStats stats) {
    return row(
        operation,
        contender,
        stats.calls(),
        stats.failed(),
        stats.refused(),
        Figures.ofNanos(stats.p50Nanos()),
        Figures.ofNanos(stats.p99Nanos()),
        Figures.ofNanos(stats.maxNanos()));
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "  %-10s %-15s %7s %8s %8s %9s %9s %9s", cells)
        .stripTrailing();
  }
}
