package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The samples of a drill along its time: who served, what failed, and when the outage was. */
final class DrillChart {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 120;
  private static final int PRIMARY_Y = 30;
  private static final int SECONDARY_Y = 80;

  private DrillChart() {}

  static String svg(List<DrillSample> samples, Duration began, Duration ended) {
    double total =
        samples.isEmpty()
            ? 1
            : Math.max(
                1, Math.max(ended.toMillis(), samples.get(samples.size() - 1).at().toMillis()));
    StringBuilder svg = new StringBuilder();
    svg.append("<svg viewBox=\"0 0 ").append(WIDTH + 100).append(' ').append(HEIGHT);
    svg.append("\" role=\"img\" aria-label=\"Which Region served, and which calls failed\">");
    long from = x(began, total);
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"10\" width=\"%d\" height=\"90\" fill=\"#f3e3c3\"/>",
            from,
            Math.max(1, x(ended, total) - from)));
    svg.append("<text x=\"0\" y=\"34\">primary</text><text x=\"0\" y=\"84\">secondary</text>");
    svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"116\">outage</text>", from));
    for (DrillSample sample : samples) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%d\" cy=\"%d\" r=\"%d\" fill=\"%s\"/>",
              x(sample.at(), total),
              sample.serving() == RegionRole.PRIMARY ? PRIMARY_Y : SECONDARY_Y,
              sample.failed() ? 6 : 3,
              sample.failed() ? "#b00020" : "#1a6b3c"));
    }
    return svg.append("</svg>").toString();
  }

  private static long x(Duration at, double total) {
    return 90 + Math.round(at.toMillis() / total * WIDTH);
  }
}
