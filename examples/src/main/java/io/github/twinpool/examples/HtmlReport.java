package io.github.twinpool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The run as one HTML file that needs no network and no script. It is well-formed XML, too. */
final class HtmlReport {
  private static final String STYLE = "outage-report.css";

  private final DemoResult result;
  private final Markup html = new Markup();

  private HtmlReport(DemoResult result) {
    this.result = result;
  }

  /** Writes the report, and the folders above it if they are missing. */
  static void write(DemoResult result, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, render(result));
  }

  static String render(DemoResult result) {
    return "<!DOCTYPE html>\n" + new HtmlReport(result).page();
  }

  private String page() {
    html.open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.leaf("title", "Twinpool: sign-ins during a Region outage");
    html.leaf("style", style()).close();
    html.open("body").open("main");
    html.leaf("h1", "Sign-ins while the primary Region hangs");
    html.leaf(
        "p",
        "The same load on two clients at once: "
            + String.join(" and ", result.contenders())
            + ". Both talk to one emulated two-Region user pool over real sockets.",
        "class",
        "lead");
    tiles();
    chart();
    table();
    findings();
    settings();
    return html.close().close().close().finish();
  }

  private void tiles() {
    html.open("div", "class", "tiles");
    for (String contender : result.contenders()) {
      LatencyStats stats = result.stats(contender, DemoResult.EITHER_REGION);
      tile(
          contender,
          result.servedInOutage(contender).toString(),
          String.format(
              Locale.ROOT,
              "answered while the primary hung. Of all calls %d failed and %d came late; longest wait %s",
              stats.failed(),
              stats.late(),
              Figures.ofNanos(stats.maxNanos())));
    }
    History history = result.history();
    tile(
        "Time to switch",
        history
            .switched()
            .map(turn -> Figures.ofNanos(turn.atNanos() - history.outageBeganNanos()))
            .orElse("none"),
        "from the primary's silence to the secondary");
    tile(
        "Time to switch back",
        history
            .returned()
            .map(turn -> Figures.ofNanos(turn.atNanos() - history.outageEndedNanos()))
            .orElse("none"),
        "from the primary's recovery to all calls there");
    html.close();
  }

  private void tile(String about, String figure, String text) {
    html.open("div", "class", "tile");
    html.leaf("h2", about).leaf("strong", figure).leaf("span", text).close();
  }

  private void chart() {
    html.open("figure");
    LatencyChart.draw(result, html);
    html.open("figcaption");
    for (ChartMark mark : ChartMark.values()) {
      html.open("span", "class", "key");
      html.open("svg", "viewBox", "0 0 14 14", "class", "keymark", "aria-hidden", "true");
      mark.draw(html, 7, 7, "");
      html.close().text(mark.label()).close();
    }
    html.close().close();
  }

  private void table() {
    html.open("table").open("thead").open("tr");
    for (String head :
        new String[] {"", "", "", "calls", "failed", "refused", "late", "p50", "p99", "max"}) {
      html.leaf("th", head);
    }
    html.close().close();
    for (Phase phase : Phase.values()) {
      html.open("tbody", "class", phase.name().toLowerCase(Locale.ROOT));
      rows(phase);
      html.close();
    }
    html.close();
    html.leaf(
        "p",
        "Late: answered, but after more than "
            + Figures.of(LatencyStats.LATE)
            + ". Answered while the primary hung: of the sign-ins and refreshes that were due up to "
            + Figures.of(LatencyStats.LATE)
            + " before its end. A call belongs to the phase in which it was due, and has waited since then. Percentiles"
            + " are exact and include failed calls: their callers waited, too.",
        "class",
        "note");
  }

  private void rows(Phase phase) {
    boolean first = true;
    int rows = SummaryTable.SHOWN.size() * result.contenders().size();
    for (Operation operation : SummaryTable.SHOWN) {
      boolean firstOfOperation = true;
      for (String contender : result.contenders()) {
        html.open("tr");
        if (first) {
          html.leaf("th", phase.label(), "rowspan", rows);
        }
        if (firstOfOperation) {
          html.leaf("th", operation.label(), "rowspan", result.contenders().size());
        }
        html.leaf("th", contender);
        cells(result.stats(contender, phase, operation));
        html.close();
        first = false;
        firstOfOperation = false;
      }
    }
  }

  private void cells(LatencyStats stats) {
    html.leaf("td", String.valueOf(stats.calls()));
    html.leaf("td", String.valueOf(stats.failed()), "class", stats.failed() > 0 ? "bad" : "");
    html.leaf("td", String.valueOf(stats.refused()));
    html.leaf("td", String.valueOf(stats.late()), "class", stats.late() > 0 ? "bad" : "");
    html.leaf("td", Figures.ofNanos(stats.p50Nanos()));
    html.leaf("td", Figures.ofNanos(stats.p99Nanos()));
    html.leaf("td", Figures.ofNanos(stats.maxNanos()));
  }

  private void findings() {
    html.leaf("h2", "What it showed").open("dl");
    for (Findings.Finding finding : new Findings(result).all()) {
      html.leaf("dt", finding.about()).leaf("dd", finding.text());
    }
    html.close();
  }

  private void settings() {
    DemoPlan plan = result.plan();
    html.leaf("h2", "Where and how").open("dl");
    html.leaf("dt", "Machine").leaf("dd", result.machine());
    html.leaf("dt", "Load");
    html.leaf(
        "dd",
        String.format(
            Locale.ROOT,
            "%d sign-ins, %d refreshes and %d token validations a second of each client, sent when due",
            plan.rate(),
            plan.rate(),
            plan.rate()));
    html.leaf("dt", "Distance");
    html.leaf("dd", "the secondary answers " + Figures.of(plan.secondaryLatency()) + " later");
    html.close();
  }

  private static String style() {
    try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
      if (in == null) {
        throw new IllegalStateException("missing from the jar: " + STYLE);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(STYLE, e);
    }
  }
}
