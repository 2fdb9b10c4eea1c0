package io.github.twinpool.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * The waits of every call of a fault as SVG: a panel for each client, time to the right, the wait
 * upwards by powers of ten from 1 ms to 100 s. A cross is a call that failed.
 */
final class WaitChart {
  private static final int WIDTH = 900;
  private static final int LEFT = 60;
  private static final int PANEL = 110;
  private static final int GAP = 34;
  private static final int POWERS = 5;

  private final StringBuilder svg = new StringBuilder();

  private WaitChart() {}

  static String of(String title, List<String> contestants, List<Wait> waits, int seconds) {
    WaitChart chart = new WaitChart();
    chart.draw(title, contestants, waits, seconds);
    return chart.svg.toString();
  }

  private void draw(String title, List<String> contestants, List<Wait> waits, int seconds) {
    int height = 40 + contestants.size() * (PANEL + GAP) + 20;
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif'"
            + " font-size='11'><rect width='100%%' height='100%%' fill='white'/>",
        WIDTH, height);
    add("<text x='%d' y='18' font-size='14'>%s</text>", LEFT, title);
    int top = 50;
    for (String contestant : contestants) {
      panel(contestant, top, seconds);
      for (Wait wait : waits) {
        if (wait.contestant().equals(contestant)) {
          mark(wait, top, seconds);
        }
      }
      top += PANEL + GAP;
    }
    add("<text x='%d' y='%d'>seconds since the fault began</text></svg>", LEFT, height - 8);
  }

  private void panel(String contestant, int top, int seconds) {
    add("<text x='%d' y='%d' font-weight='bold'>%s</text>", LEFT, top - 6, contestant);
    String[] labels = {"1 ms", "10 ms", "100 ms", "1 s", "10 s", "100 s"};
    for (int power = 0; power <= POWERS; power++) {
      double y = top + PANEL * (1 - power / (double) POWERS);
      add("<path d='M%d,%.1f H%d' stroke='#ddd'/>", LEFT, y, WIDTH - 10);
      add(
          "<text x='%d' y='%.1f' text-anchor='end' fill='#555'>%s</text>",
          LEFT - 5, y + 4, labels[power]);
    }
    for (int second = 0; second <= seconds; second += Math.max(1, seconds / 10)) {
      add(
          "<text x='%.1f' y='%d' text-anchor='middle' fill='#555'>%d</text>",
          x(second * 1e9, seconds), top + PANEL + 14, second);
    }
  }

  private void mark(Wait wait, int top, int seconds) {
    double x = x((double) wait.dueNanos(), seconds);
    double power = Math.log10(Math.max(1, wait.waitedNanos() / 1e6));
    double y = top + PANEL * (1 - Math.min(1, power / POWERS));
    if (wait.failed()) {
      add("<path d='M%.1f,%.1f l5,5 m0,-5 l-5,5' stroke='#c00'/>", x - 2.5, y - 2.5);
    } else {
      String colour = wait.waitedNanos() > 500_000_000L ? "#d80" : "#06c";
      add("<circle cx='%.1f' cy='%.1f' r='2' fill='%s'/>", x, y, colour);
    }
  }

  private static double x(double nanos, int seconds) {
    return LEFT + (WIDTH - LEFT - 10) * nanos / (seconds * 1e9);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
