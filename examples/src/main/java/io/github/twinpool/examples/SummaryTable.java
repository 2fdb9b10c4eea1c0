package io.github.twinpool.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The end of the demo in the terminal: calls, failures and waits per phase, then the findings. */
final class SummaryTable {
  private static final int WIDTH = 79;

  /** The operations of the tables: validations have a line of their own. */
  static final List<Operation> SHOWN =
      List.of(Operation.SIGN_IN, Operation.REFRESH, Operation.SIGN_UP);

  private SummaryTable() {}

  static List<String> lines(DemoResult result) {
    List<String> lines = new ArrayList<>();
    lines.add(row("", "", "calls", "failed", "refused", "late", "p50", "p99", "max"));
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
      lines.addAll(wrapped(finding.about(), finding.text()));
    }
    lines.addAll(wrapped("Machine", result.machine()));
    return lines;
  }

  /** The text beside what it is about, broken where a terminal would break it in mid-word. */
  private static List<String> wrapped(String about, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-24s", about));
    for (String word : text.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(24));
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String row(String operation, String contender, LatencyStats stats) {
    return row(
        operation,
        contender,
        stats.calls(),
        stats.failed(),
        stats.refused(),
        stats.late(),
        Figures.ofNanos(stats.p50Nanos()),
        Figures.ofNanos(stats.p99Nanos()),
        Figures.ofNanos(stats.maxNanos()));
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "  %-7s %-13s %5s %6s %7s %5s %8s %8s %8s", cells)
        .stripTrailing();
  }
}
