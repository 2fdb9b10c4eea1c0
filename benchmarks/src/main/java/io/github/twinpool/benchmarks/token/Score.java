package io.github.twinpool.benchmarks.token;

import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one way to validate a token costs.
 *
 * @param who the library, and for a cache its share of hits
 * @param threads how many threads did it at once
 * @param micros microseconds for one token, the median of the iterations
 * @param bytes allocated bytes for one token
 */
record Score(String who, int threads, double micros, double bytes) {
  private static final int BAR = 24;
  private static final int LEFT = 190;
  private static final int WIDTH = 560;

  static Score of(RunResult result, int threads) {
    Result<?> time = result.getPrimaryResult();
    Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
    String hits = result.getParams().getParam("hits");
    return new Score(
        time.getLabel() + (hits == null ? "" : ", cached, " + hits + " % hits"),
        threads,
        time.getStatistics().getPercentile(50),
        bytes == null ? Double.NaN : bytes.getScore());
  }

  /** A table, and what the project promises, as far as this run shows it. */
  static String table(List<Score> scores) {
    StringBuilder table = new StringBuilder("| | threads | µs a token | bytes a token |\n");
    table.append("|---|---|---|---|\n");
    for (Score s : scores) {
      table.append(
          String.format(
              Locale.ROOT, "| %s | %d | %.2f | %.0f |%n", s.who, s.threads, s.micros, s.bytes));
    }
    return table
        + "\n"
        + ratio(scores, "twinpool", "raw", "at most 1.2")
        + ratio(scores, "twinpool", "nimbus", "at most 1")
        + ratio(scores, "nimbus", "twinpool, cached, 100 % hits", "at least 30");
  }

  private static String ratio(List<Score> scores, String one, String other, String wanted) {
    StringBuilder lines = new StringBuilder();
    for (int threads : new int[] {1, 2}) {
      lines.append(
          String.format(
              Locale.ROOT,
              "- %s takes %.2f times as long as %s (%d threads; wanted: %s)%n",
              one,
              micros(scores, one, threads) / micros(scores, other, threads),
              other,
              threads,
              wanted));
    }
    return lines.toString();
  }

  private static double micros(List<Score> scores, String who, int threads) {
    return scores.stream()
        .filter(s -> s.who.equals(who) && s.threads == threads)
        .mapToDouble(Score::micros)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Bars, one for each row of the table. */
  static String chart(List<Score> scores) {
    double most = scores.stream().mapToDouble(Score::micros).max().orElse(1);
    int height = 40 + scores.size() * BAR;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif'"
                + " font-size='11'><rect width='100%%' height='100%%' fill='white'/>"
                + "<text x='10' y='18' font-size='14'>Microseconds to validate a token</text>%n",
            LEFT + WIDTH + 80,
            height));
    int top = 30;
    for (Score s : scores) {
      double width = WIDTH * s.micros / most;
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x='%d' y='%d' text-anchor='end'>%s, %d thr.</text><rect x='%d' y='%d'"
                  + " width='%.1f' height='16' fill='%s'/><text x='%.1f' y='%d'>%.1f</text>%n",
              LEFT - 6,
              top + 12,
              s.who,
              s.threads,
              LEFT,
              top,
              width,
              s.who.startsWith("twinpool") ? "#06c" : "#999",
              LEFT + width + 6,
              top + 12,
              s.micros));
      top += BAR;
    }
    return svg.append("</svg>\n").toString();
  }
}
