package io.github.twinpool.examples;

import java.util.Locale;

/** How the chart draws a call: the shape tells what became of it. */
enum ChartMark {
  SIGN_IN("sign-in", "sign-in answered"),
  REFRESH("refresh", "refresh answered"),
  SIGN_UP("sign-up", "sign-up answered"),
  LATE("late", "answered, but late"),
  REFUSED("refused", "sign-up refused at once: the primary is down"),
  FAILED("failed", "failed"),
  HANGING("hanging", "still hanging when the demo ended");

  private final String cssClass;
  private final String label;

  ChartMark(String cssClass, String label) {
    this.cssClass = cssClass;
    this.label = label;
  }

  String label() {
    return label;
  }

  static ChartMark of(Sample sample) {
    return switch (sample.outcome()) {
      case REFUSED -> REFUSED;
      case FAILED -> FAILED;
      case HANGING -> HANGING;
      case OK -> LatencyStats.late(sample) ? LATE : ofAnswered(sample.operation());
    };
  }

  private static ChartMark ofAnswered(Operation operation) {
    return switch (operation) {
      case SIGN_UP -> SIGN_UP;
      case REFRESH -> REFRESH;
      case SIGN_IN, VALIDATE -> SIGN_IN;
    };
  }

  /**
   * Draws the mark.
   *
   * @param told what a reader sees who points at it; nothing if empty
   */
  void draw(Markup svg, double x, double y, String told) {
    if (this == SIGN_IN || this == REFRESH || this == LATE) {
      svg.open("circle", "class", "mark " + cssClass, "cx", x, "cy", y, "r", 2.6);
    } else {
      svg.open("path", "class", "mark " + cssClass, "d", path(x, y));
    }
    if (!told.isEmpty()) {
      svg.leaf("title", told);
    }
    svg.close();
  }

  private String path(double x, double y) {
    String shape =
        switch (this) {
          case FAILED -> "m-3.2,-3.2 l6.4,6.4 m0,-6.4 l-6.4,6.4";
          case HANGING -> "m0,-4 l3.6,6.6 h-7.2 z";
          default -> "m0,-4.6 l4.6,4.6 l-4.6,4.6 l-4.6,-4.6 z";
        };
    return String.format(Locale.ROOT, "M%.1f,%.1f %s", x, y, shape);
  }
}
