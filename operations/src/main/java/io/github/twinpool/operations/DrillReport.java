package io.github.twinpool.operations;

import io.github.twinpool.Capability;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.operations.DrillSample.Phase;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a drill has shown. Immutable. */
public final class DrillReport {
  private final Kind kind;
  private final UserPool pool;
  private final List<DrillSample> samples;
  private final Set<Capability> refused;
  private final Duration began;
  private final Duration ended;
  private final boolean aborted;

  /** Whom the drill moved. */
  public enum Kind {
    /** One process. */
    LOCAL,
    /** All that follow the health check. */
    FLEET,
    /** Nobody. */
    OBSERVING
  }

  DrillReport(
      Kind kind,
      UserPool pool,
      List<DrillSample> samples,
      Set<Capability> refused,
      Duration began,
      Duration ended,
      boolean aborted) {
    this.kind = kind;
    this.pool = pool;
    this.samples = List.copyOf(samples);
    this.refused = refused.isEmpty() ? Set.of() : EnumSet.copyOf(refused);
    this.began = began;
    this.ended = ended;
    this.aborted = aborted;
  }

  /** Whom the drill moved. */
  public Kind kind() {
    return kind;
  }

  /** Whether too many samples failed, so that the outage was ended early. */
  public boolean aborted() {
    return aborted;
  }

  /** From the outage's begin until the secondary served; empty if it never did. */
  public Optional<Duration> timeToSwitch() {
    return first(it -> it.phase() == Phase.OUTAGE && it.serving() == RegionRole.SECONDARY)
        .map(at -> at.minus(began));
  }

  /** From the outage's end until the primary served again; empty if it did not in time. */
  public Optional<Duration> timeBack() {
    return first(it -> it.phase() == Phase.AFTER && it.serving() == RegionRole.PRIMARY)
        .map(at -> at.minus(ended));
  }

  private Optional<Duration> first(Predicate<DrillSample> which) {
    return samples.stream().filter(which).map(DrillSample::at).findFirst();
  }

  /** How many sample calls were made while a Region served. */
  public long calls(RegionRole serving) {
    return samples.stream().filter(it -> it.serving() == serving).count();
  }

  /** How many sample calls failed. */
  public long failures() {
    return samples.stream().filter(DrillSample::failed).count();
  }

  /** What the application could not offer meanwhile. */
  public Set<Capability> refused() {
    return Set.copyOf(refused);
  }

  /** For a wiki. */
  public String toMarkdown() {
    return "# Failover drill of "
        + pool.id()
        + "\n\n| | |\n|---|---|\n"
        + rows().stream()
            .map(row -> "| " + row[0] + " | " + row[1] + " |\n")
            .collect(Collectors.joining());
  }

  /** A page of its own with a chart, without scripts. */
  public String toHtml() {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Failover drill of "
        + pool.id()
        + "</title><style>body{font:16px sans-serif;margin:2em;max-width:60em}td{padding:.2em"
        + " 1em .2em 0}</style></head><body><h1>Failover drill of "
        + pool.id()
        + "</h1>\n"
        + DrillChart.svg(samples, began, ended)
        + "\n<table>"
        + rows().stream()
            .map(row -> "<tr><td>" + row[0] + "</td><td>" + row[1] + "</td></tr>\n")
            .collect(Collectors.joining())
        + "</table></body></html>\n";
  }

  private List<String[]> rows() {
    return List.of(
        new String[] {"kind", kind.name().toLowerCase(Locale.ROOT)},
        new String[] {
          "outage", seconds(ended.minus(began)) + (aborted ? ", aborted: too many failures" : "")
        },
        new String[] {
          "time to switch", timeToSwitch().map(DrillReport::seconds).orElse("it never switched")
        },
        new String[] {
          "time back", timeBack().map(DrillReport::seconds).orElse("not back in the time watched")
        },
        new String[] {
          "sample calls while the primary served", String.valueOf(calls(RegionRole.PRIMARY))
        },
        new String[] {
          "sample calls while the secondary served", String.valueOf(calls(RegionRole.SECONDARY))
        },
        new String[] {"failed", String.valueOf(failures())},
        new String[] {
          "not offered meanwhile",
          refused.isEmpty()
              ? "nothing"
              : refused.stream().map(Enum::name).collect(Collectors.joining(", "))
        });
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  @Override
  public String toString() {
    return rows().stream()
        .map(row -> TextColumns.wrapped(row[0] + ": " + row[1], "", "    "))
        .collect(Collectors.joining());
  }
}
