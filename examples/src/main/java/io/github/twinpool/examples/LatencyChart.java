package io.github.twinpool.examples;

import io.github.twinpool.examples.History.Turn;
import java.util.Locale;
import java.util.Optional;

/**
 * The run as SVG: a panel for each client, a mark for each call, its wait upwards by powers of ten;
 * the outage shaded, Twinpool's turns as vertical lines. Shapes tell outcomes apart, so the chart
 * can be read without its colours.
 */
final class LatencyChart {
  private static final double WIDTH = 1100;
  private static final double LEFT = 64;
  private static final double RIGHT = 14;
  private static final double HEAD = 74;
  private static final double PANEL = 220;
  private static final double GAP = 48;
  private static final double FOOT = 44;
  private static final double CHARACTER = 6.6;

  private final DemoResult result;
  private final ChartScale scale;
  private final Markup svg;
  private final double bottom;

  private LatencyChart(DemoResult result, Markup svg) {
    this.result = result;
    this.svg = svg;
    this.scale = ChartScale.of(result, LEFT, WIDTH - LEFT - RIGHT);
    int panels = result.contenders().size();
    this.bottom = HEAD + panels * PANEL + (panels - 1) * GAP;
  }

  static void draw(DemoResult result, Markup svg) {
    new LatencyChart(result, svg).draw();
  }

  private void draw() {
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        String.format(Locale.ROOT, "0 0 %.0f %.0f", WIDTH, bottom + FOOT),
        "role",
        "img",
        "class",
        "chart");
    svg.leaf("title", "How long each call of each client waited, before, in and after the outage");
    outage();
    double top = HEAD;
    for (String contender : result.contenders()) {
      panel(contender, top);
      top += PANEL + GAP;
    }
    turns();
    top = HEAD;
    for (String contender : result.contenders()) {
      calls(contender, top);
      top += PANEL + GAP;
    }
    timeAxis();
    svg.close();
  }

  private void outage() {
    History history = result.history();
    double from = scale.x(history.outageBeganNanos());
    double to = scale.x(history.outageEndedNanos());
    svg.empty(
        "rect", "class", "outage", "x", from, "y", 8.0, "width", to - from, "height", bottom - 8);
    for (Phase phase : Phase.values()) {
      double middle = (scale.x(history.beganNanos(phase)) + scale.x(history.endedNanos(phase))) / 2;
      svg.leaf("text", phase.label(), "class", "phase", "x", middle, "y", 25.0);
    }
  }

  private void panel(String contender, double top) {
    for (int power = scale.lowest(); power <= scale.highest(); power++) {
      long nanos = Math.round(Math.pow(10, power));
      double y = scale.y(nanos, top, PANEL);
      svg.empty("line", "class", "grid", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", y, "y2", y);
      svg.leaf("text", Figures.ofNanos(nanos), "class", "tick y", "x", LEFT - 8, "y", y + 4);
    }
    svg.leaf("text", contender, "class", "panel", "x", LEFT, "y", top - 9);
  }

  private void calls(String contender, double top) {
    for (Sample sample : result.samples()) {
      if (sample.contender().equals(contender) && SummaryTable.SHOWN.contains(sample.operation())) {
        double x = scale.x(sample.dueNanos());
        ChartMark.of(sample).draw(svg, x, scale.y(sample.waitedNanos(), top, PANEL), told(sample));
      }
    }
  }

  private static String told(Sample sample) {
    String told =
        String.format(
            Locale.ROOT,
            "%s at %s: %s after %s",
            sample.operation().label(),
            Figures.ofNanos(sample.dueNanos()),
            sample.outcome().label(),
            Figures.ofNanos(sample.waitedNanos()));
    return sample.problem().isEmpty() ? told : told + ". " + sample.problem();
  }

  private void turns() {
    double[] rowEnds = {LEFT, LEFT};
    for (Turn turn : result.history().turns()) {
      double x = scale.x(turn.atNanos());
      String text = told(turn);
      double length = text.length() * CHARACTER;
      boolean flip = x + length > WIDTH - RIGHT;
      double start = flip ? x - 5 - length : x + 5;
      int row = start >= rowEnds[0] ? 0 : 1;
      rowEnds[row] = start + length;
      double y = 44 + row * 16.0;
      String kind = isDecisive(turn) ? "turn" : "turn step";
      svg.empty("line", "class", kind, "x1", x, "x2", x, "y1", y - 10, "y2", bottom);
      String side = flip ? "turn flip" : "turn";
      svg.leaf("text", text, "class", side, "x", flip ? x - 5 : x + 5, "y", y);
    }
  }

  private boolean isDecisive(Turn turn) {
    Optional<Turn> it = Optional.of(turn);
    return result.history().switched().equals(it) || result.history().returned().equals(it);
  }

  private static String told(Turn turn) {
    String what =
        switch (turn.to()) {
          case PRIMARY -> "Twinpool is back at the primary";
          case SECONDARY -> "Twinpool switches to the secondary";
          case FAILBACK -> "first calls return";
          case OVERRIDE -> "overridden by hand";
        };
    return what + ", " + Figures.ofNanos(turn.atNanos());
  }

  private void timeAxis() {
    svg.empty("line", "class", "axis", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", bottom, "y2", bottom);
    int step = scale.secondsPerMark();
    for (long second = 0; second * 1_000_000_000L <= scale.endedNanos(); second += step) {
      double x = scale.x(second * 1_000_000_000L);
      svg.empty("line", "class", "axis", "x1", x, "x2", x, "y1", bottom, "y2", bottom + 5);
      svg.leaf("text", second + " s", "class", "tick x", "x", x, "y", bottom + 19);
    }
    svg.leaf(
        "text",
        "when the call was due; upwards: how long its caller waited, each line ten times the last",
        "class",
        "caption",
        "x",
        LEFT + (WIDTH - LEFT - RIGHT) / 2,
        "y",
        bottom + 38);
  }
}
