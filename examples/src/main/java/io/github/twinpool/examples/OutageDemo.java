package io.github.twinpool.examples;

import io.github.twinpool.failover.FailoverPolicy;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Watch sign-ins go on while the primary Region is down: a plain AWS SDK client and Twinpool under
 * the same load, against the same outage of an emulated two-Region user pool. Needs no AWS account.
 *
 * <p>The first command of the README, {@code ./mvnw -q -Pdemo verify -DskipTests}, runs it.
 */
public final class OutageDemo {
  /** Detection is as always; only the way back is shorter than anybody would want to watch. */
  private static final FailoverPolicy POLICY =
      FailoverPolicy.builder()
          .dwell(Duration.ofSeconds(5))
          .failbackStep(Duration.ofSeconds(1))
          .build();

  private OutageDemo() {}

  /**
   * Runs the demo.
   *
   * @param args see {@code --help}
   * @throws Exception if the demo itself fails; an outage that is shown is no failure
   */
  public static void main(String[] args) throws Exception {
    List<String> arguments = List.of(args);
    if (arguments.contains("--help")) {
      System.out.println(DemoPlan.USAGE);
      return;
    }
    DemoPlan plan;
    try {
      plan = DemoPlan.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(DemoPlan.USAGE);
      System.exit(2);
      return;
    }
    run(plan);
  }

  private static void run(DemoPlan plan) throws Exception {
    PrintStream out = System.out;
    introduce(plan, out);
    DemoResult result;
    try (LiveView view = Terminal.view(System.console(), System.getenv("TERM"), out)) {
      result = new DemoRun(plan, POLICY, timer(), view).run();
    }
    out.println();
    SummaryTable.lines(result).forEach(line -> out.println(Terminal.plainer(line)));
    report(result, out);
  }

  private static void introduce(DemoPlan plan, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "Twinpool outage demo. Each client gets %d sign-ins, %d refreshes and %d token%n"
            + "validations a second. %s healthy, %s with the primary hanging, then recovered.%n"
            + "The secondary is %s away.%n%n",
        plan.rate(),
        plan.rate(),
        plan.rate(),
        Figures.of(plan.healthy()),
        Figures.of(plan.outage()),
        Figures.of(plan.secondaryLatency()));
  }

  private static void report(DemoResult result, PrintStream out) throws IOException {
    HtmlReport.write(result, result.plan().report());
    out.printf(
        Locale.ROOT, "%-24s %s%n", "Report with a chart", result.plan().report().toAbsolutePath());
  }

  static LoadTimer timer() {
    return new LoadTimer(System::nanoTime, TimeUnit.NANOSECONDS::sleep);
  }
}
