package io.github.twinpool.examples;

import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;

/** A line a second, for pipes, files and terminals that cannot do better. */
final class PlainLines implements LiveView {
  private final PrintStream out;

  PlainLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public long periodMillis() {
    return 1000;
  }

  @Override
  public void show(Progress progress) {
    String clients =
        progress.contenders().stream()
            .map(contender -> told(progress, contender))
            .collect(Collectors.joining(" | "));
    out.println(
        String.format(
            Locale.ROOT,
            "%3d s  %-13s | %s, mode %s",
            Math.round(progress.elapsedNanos() / 1e9),
            progress.phase().label(),
            clients,
            progress.mode()));
  }

  private static String told(Progress progress, String contender) {
    return String.format(
        Locale.ROOT,
        "%s: %3d ok, %3d failed, %3d waiting",
        contender,
        progress.count(contender, Outcome.OK),
        progress.count(contender, Outcome.FAILED),
        progress.count(contender, Outcome.HANGING));
  }
}
