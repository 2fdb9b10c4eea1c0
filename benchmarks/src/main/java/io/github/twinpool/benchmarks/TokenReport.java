package io.github.twinpool.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The result of one run: a table, JSON and a chart.
 *
 * @param scores in the order of the table
 * @param turns the same by turns
 * @param memory what the cache takes
 */
record TokenReport(List<TokenScore> scores, TokenTurns turns, TokenMemory memory) {
  private static final int BAR = 22;
  private static final int LEFT = 250;
  private static final int WIDTH = 560;

  /** The table, and what the project promises, as far as this run shows it. */
  String markdown() {
    return "| | threads | µs a token | bytes a token | measured hits |\n|---|---|---|---|---|\n"
        + scores.stream().map(TokenScore::line).collect(Collectors.joining())
        + "\n"
        + ratios("twinpool", "raw", "at most 1.2")
        + ratios("twinpool", "nimbus", "at most 1")
        + ratios("nimbus", "twinpool, cached, 100 % hits", "at least 30")
        + turns.lines()
        + memory.line();
  }

  private String ratios(String one, String other, String wanted) {
    return scores.stream()
        .mapToInt(TokenScore::threads)
        .distinct()
        .mapToObj(
            threads ->
                String.format(
                    Locale.ROOT,
                    "- %s takes %.2f times as long as %s (threads: %d; wanted: %s)%n",
                    one,
                    micros(one, threads) / micros(other, threads),
                    other,
                    threads,
                    wanted))
        .collect(Collectors.joining());
  }

  private double micros(String who, int threads) {
    return scores.stream()
        .filter(score -> score.who().equals(who) && score.threads() == threads)
        .mapToDouble(TokenScore::micros)
        .findFirst()
        .orElse(Double.NaN);
  }

  String json() {
    return scores.stream()
        .map(TokenScore::json)
        .collect(
            Collectors.joining(
                ",\n  ",
                "{\"scores\":[\n  ",
                "\n],\n\"turns\":" + turns.json() + ",\n\"memory\":" + memory.json() + "}\n"));
  }

  /** Bars, one for each row of the table. */
  String chart() {
    double most = scores.stream().mapToDouble(TokenScore::micros).max().orElse(1);
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif'"
            + " font-size='11'><rect width='100%%' height='100%%' fill='white'/>"
            + "<text x='10' y='18' font-size='14'>Microseconds to validate a token</text>",
        LEFT + WIDTH + 60,
        40 + scores.size() * BAR);
    int top = 30;
    for (TokenScore score : scores) {
      double width = WIDTH * score.micros() / most;
      add(
          svg,
          "<text x='%d' y='%d' text-anchor='end'>%s, threads: %d</text><rect x='%d' y='%d'"
              + " width='%.1f' height='15' fill='%s'/><text x='%.1f' y='%d'>%.1f</text>",
          LEFT - 6,
          top + 12,
          score.who(),
          score.threads(),
          LEFT,
          top,
          width,
          score.isTwinpool() ? "#06c" : "#999",
          LEFT + width + 6,
          top + 12,
          score.micros());
      top += BAR;
    }
    return svg.append("</svg>\n").toString();
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
