package io.github.twinpool.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.twinpool.emulator.Outage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * An outage as callers see it, side by side: the plain SDK, the SDK with time-outs, a hand-wired
 * resilience4j breaker with a fallback, and Twinpool with and without hedging, against the same
 * emulated Regions, 70 ms to the secondary, sign-ins and GetUser by turns. Writes {@code
 * outage-benchmark.json}, {@code .md} and a chart for each fault.
 *
 * <p>At 1 and 10 calls/s all clients run at once. At 100 calls/s those without a second Region run
 * first and each of the others then, so that they do not compete for the processor.
 */
public final class OutageBenchmark {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(6);
  private static final int CHARTED = 10;

  private final Path target;
  private final int seconds;
  private final List<Fault> faults;
  private final List<Integer> rates;
  private final List<Cell> cells = new ArrayList<>();

  OutageBenchmark(Path target, int seconds, List<Fault> faults, List<Integer> rates) {
    this.target = target;
    this.seconds = seconds;
    this.faults = List.copyOf(faults);
    this.rates = List.copyOf(rates);
  }

  /**
   * Runs it.
   *
   * @param arguments where to write, and how many seconds each fault lasts (default 15; a third of
   *     that at 100 calls/s); the default takes under five minutes
   */
  public static void main(String[] arguments) throws Exception {
    Path target = Path.of(arguments.length > 0 ? arguments[0] : "target");
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
    new OutageBenchmark(target, seconds, List.of(Fault.values()), List.of(1, 10, 100)).run();
  }

  List<Cell> run() throws IOException, InterruptedException {
    Files.createDirectories(target);
    for (Fault fault : faults) {
      List<Integer> together = rates.stream().filter(rate -> rate < 100).toList();
      if (!together.isEmpty()) {
        measure(fault, together, 0, 5, seconds);
      }
      for (int rate : rates) {
        if (rate >= 100) {
          int shorter = Math.max(1, seconds / 3);
          measure(fault, List.of(rate), 0, 2, shorter);
          for (int one = 2; one < 5; one++) {
            measure(fault, List.of(rate), one, one + 1, shorter);
          }
        }
      }
    }
    write();
    return List.copyOf(cells);
  }

  private void measure(Fault fault, List<Integer> rates, int from, int to, int faultSeconds)
      throws IOException, InterruptedException {
    List<Contestant> running = new ArrayList<>();
    try (Site site = new Site()) {
      long begin = System.nanoTime();
      OpenLoad load = null;
      try {
        List<List<Contestant>> byRate = new ArrayList<>();
        for (int i = 0; i < rates.size(); i++) {
          List<Contestant> all = Contestants.all(site);
          running.addAll(all);
          byRate.add(all.subList(from, to));
        }
        byRate.forEach(all -> all.forEach(OutageBenchmark::warmUp));
        begin = System.nanoTime();
        long fault0 = begin + TimeUnit.SECONDS.toNanos(1);
        load = new OpenLoad(System::nanoTime, fault0);
        for (int i = 0; i < rates.size(); i++) {
          for (Contestant contestant : byRate.get(i)) {
            load.begin(contestant, rates.get(i));
          }
        }
        waitUntil(fault0);
        site.primary(fault.outage());
        waitUntil(fault0 + TimeUnit.SECONDS.toNanos(faultSeconds));
        load.stop();
        long patience = System.nanoTime() + PATIENCE;
        while (!load.idle() && System.nanoTime() < patience) {
          TimeUnit.MILLISECONDS.sleep(50);
        }
        record(fault, rates, byRate.get(0), load.waits(), faultSeconds);
      } finally {
        if (load != null) {
          load.close();
        }
        site.primary(Outage.none());
        running.forEach(Contestant::close);
      }
    }
  }

  private static void warmUp(Contestant contestant) {
    for (int i = 0; i < 5; i++) {
      for (CallKind kind : CallKind.values()) {
        contestant.call(kind);
      }
    }
  }

  private static void waitUntil(long nanos) throws InterruptedException {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  private void record(
      Fault fault,
      List<Integer> rates,
      List<Contestant> contestants,
      List<Wait> waits,
      int faultSeconds)
      throws IOException {
    List<String> names = contestants.stream().map(Contestant::name).toList();
    for (int rate : rates) {
      for (String name : names) {
        Cell cell = Cell.of(fault, rate, name, waits);
        cells.add(cell);
        System.out.println(cell.line());
        if (cell.calls() < rate * faultSeconds * 0.95) {
          System.out.println(
              "This machine is too slow: not all calls were sent when they were due.");
        }
      }
    }
    if (rates.contains(CHARTED)) {
      String title =
          String.format(
              Locale.ROOT, "%s, %d calls/s: how long each caller waited", fault.label(), CHARTED);
      List<Wait> charted = waits.stream().filter(it -> it.callsPerSecond() == CHARTED).toList();
      Files.writeString(
          target.resolve("outage-" + fault.label() + ".svg"),
          WaitChart.of(title, names, charted, faultSeconds),
          UTF_8);
    }
  }

  private void write() throws IOException {
    Files.writeString(
        target.resolve("outage-benchmark.md"),
        cells.stream().map(Cell::line).collect(Collectors.joining("\n", Cell.HEAD, "\n")));
    Files.writeString(
        target.resolve("outage-benchmark.json"),
        cells.stream().map(Cell::json).collect(Collectors.joining(",\n", "[\n", "\n]\n")));
  }
}
