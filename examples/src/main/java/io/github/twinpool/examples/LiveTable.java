package io.github.twinpool.examples;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table that is drawn over itself, with a strip that grows by a sign a second for each client.
 * What others print to the same terminal meanwhile stands above it.
 */
final class LiveTable implements LiveView {
  private static final String ESCAPE = "\u001b[";
  private static final String CLEAR_DOWN = ESCAPE + "J";
  private static final String BOLD = ESCAPE + "1m";
  private static final String ALARM = ESCAPE + "38;5;208m";
  private static final String CALM = ESCAPE + "38;5;75m";
  private static final String PLAIN = ESCAPE + "0m";

  /** No line may be wider than the narrowest terminal: what is wrapped cannot be drawn over. */
  private static final int STRIP = 72;

  private final PrintStream terminal;
  private final ForeignLines foreign;
  private int drawn;

  LiveTable(PrintStream terminal, ForeignLines foreign) {
    this.terminal = terminal;
    this.foreign = foreign;
  }

  @Override
  public long periodMillis() {
    return 250;
  }

  @Override
  public synchronized void show(Progress progress) {
    StringBuilder frame = new StringBuilder();
    if (drawn > 0) {
      frame.append(ESCAPE).append(drawn).append("A\r").append(CLEAR_DOWN);
    }
    foreign.take().forEach(line -> frame.append(line).append('\n'));
    List<String> lines = lines(progress);
    lines.forEach(line -> frame.append(line).append('\n'));
    drawn = lines.size();
    terminal.print(frame);
    terminal.flush();
  }

  @Override
  public synchronized void close() {
    foreign.close();
    foreign.take().forEach(terminal::println);
  }

  private static List<String> lines(Progress progress) {
    boolean outage = progress.phase() == Phase.OUTAGE;
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s%5.1f s  %s%s%s   Twinpool's mode: %s%s",
            BOLD,
            progress.elapsedNanos() / 1e9,
            outage ? ALARM : CALM,
            progress.phase().label(),
            PLAIN + BOLD,
            progress.mode(),
            PLAIN));
    for (String contender : progress.contenders()) {
      int failed = progress.count(contender, Outcome.FAILED);
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-14s %5d ok, %s%5d failed%s, %5d waiting",
              contender,
              progress.count(contender, Outcome.OK),
              failed > 0 ? ALARM : "",
              failed,
              PLAIN,
              progress.count(contender, Outcome.HANGING)));
      lines.add("    " + strip(progress.bySecond(contender)));
    }
    lines.add("  a sign a second: . answered  : some waited over a second  X failed or hang");
    return lines;
  }

  private static String strip(List<List<Sample>> seconds) {
    StringBuilder strip = new StringBuilder();
    for (List<Sample> second :
        seconds.subList(Math.max(0, seconds.size() - STRIP), seconds.size())) {
      char sign = Sign.of(second);
      strip.append(sign == 'X' ? ALARM : CALM).append(sign);
    }
    return strip.append(PLAIN).toString();
  }

  /** A second in one sign. */
  private static final class Sign {
    private static final long LONG_NANOS = 1_000_000_000L;

    private Sign() {}

    static char of(List<Sample> second) {
      if (second.stream().anyMatch(Sign::lost)) {
        return 'X';
      }
      return second.stream().anyMatch(call -> call.waitedNanos() > LONG_NANOS) ? ':' : '.';
    }

    /** A call that has not ended yet is not lost for some time. */
    private static boolean lost(Sample call) {
      return call.outcome() == Outcome.FAILED
          || (call.outcome() == Outcome.HANGING && call.waitedNanos() > 2 * LONG_NANOS);
    }
  }
}
