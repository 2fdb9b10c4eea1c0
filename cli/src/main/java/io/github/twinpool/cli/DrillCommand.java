package io.github.twinpool.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.operations.AwsClients;
import io.github.twinpool.operations.Drill;
import io.github.twinpool.operations.DrillBuilder;
import io.github.twinpool.operations.DrillListener;
import io.github.twinpool.operations.DrillReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Rehearses an outage. */
@Command(
    name = "drill",
    description = {
      "Rehearses an outage.",
      "'local' moves this process alone, 'fleet' inverts the Route 53 health check"
          + " that the domain and the fleet follow, 'observe' changes nothing. If a fleet"
          + " drill is killed, 'restore' puts the check back, as the next 'local' or"
          + " 'fleet' does before it begins."
    })
@SuppressWarnings("NullAway.Init") // picocli sets them
final class DrillCommand extends PoolCommand {
  enum Kind {
    LOCAL,
    FLEET,
    OBSERVE,
    RESTORE
  }

  @Parameters(paramLabel = "local|fleet|observe|restore", description = "What to do.")
  Kind kind;

  @Option(
      names = "--health-check",
      paramLabel = "ID",
      description =
          "The check that the fleet follows. 'fleet' must have it, 'restore' if no"
              + " domain of the pool follows it.")
  @Nullable String healthCheck;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "How long the outage lasts. Default: 5m")
  Duration duration = Duration.ofMinutes(5);

  @Option(
      names = "--watch",
      paramLabel = "TIME",
      description = "How long the way back is watched. Default: 15m")
  Duration watch = Duration.ofMinutes(15);

  @Option(
      names = "--abort-at",
      paramLabel = "SHARE",
      description = "Ends it if more of the last 20 calls fail. Default: 0.2")
  double abortAt = 0.2;

  @Option(names = "--html", paramLabel = "FILE", description = "Writes a page with a chart.")
  @Nullable Path html;

  @Option(names = "--markdown", description = "Prints Markdown.")
  boolean markdown;

  @Override
  int run(AwsClients clients) {
    if (kind == Kind.FLEET && healthCheck == null) {
      throw new ParameterException(spec.commandLine(), "fleet must have --health-check");
    }
    if (kind == Kind.RESTORE) {
      return restore(clients);
    }
    try (MultiRegionCognito cognito = MultiRegionCognito.builder(clients.userPool()).build()) {
      Progress progress = progress();
      Drill drill = drill(cognito, clients, progress.drill());
      progress.line("The drill takes " + duration.toSeconds() + " s, and the way back.");
      DrillReport report = drill.run();
      if (json) {
        out().println(json(report));
      } else {
        out().print(markdown ? report.toMarkdown() : report.toString());
      }
      return report.aborted() || !written(report) ? TwinpoolCommand.PROBLEM : 0;
    }
  }

  /** A drill that changes something begins with what the last one left. */
  @Override
  void beforehand(AwsClients clients) {
    if (kind == Kind.OBSERVE) {
      super.beforehand(clients);
    } else if (kind != Kind.RESTORE) {
      restoreLeft(clients).ifPresent(progress()::line);
    }
  }

  private Optional<String> restoreLeft(AwsClients clients) {
    try {
      return healthCheck == null
          ? Drill.restoreLeft(clients, journal)
          : Drill.restoreLeft(clients, journal, healthCheck);
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  private int restore(AwsClients clients) {
    Optional<String> restored = restoreLeft(clients);
    String said = restored.orElse("No drill was left behind.");
    if (json) {
      out()
          .println(
              new ObjectMapper()
                  .createObjectNode()
                  .put("restored", restored.isPresent())
                  .put("message", said));
    } else {
      new Progress(out(), System::nanoTime).line(said);
    }
    return 0;
  }

  private Drill drill(MultiRegionCognito cognito, AwsClients clients, DrillListener listener) {
    DrillBuilder builder;
    try {
      builder =
          Drill.builder(cognito)
              .before(Duration.ofSeconds(2))
              .duration(duration)
              .after(watch)
              .abortAt(abortAt)
              .listener(listener);
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
    return switch (kind) {
      case LOCAL -> builder.local();
      case OBSERVE -> builder.observing();
      case FLEET -> builder.fleet(clients, String.valueOf(healthCheck), journal);
      case RESTORE -> throw new IllegalStateException("no drill");
    };
  }

  private static ObjectNode json(DrillReport report) {
    ObjectNode node =
        new ObjectMapper()
            .createObjectNode()
            .put("kind", report.kind().name())
            .put("aborted", report.aborted());
    report.timeToSwitch().ifPresent(it -> node.put("timeToSwitchMillis", it.toMillis()));
    report.timeBack().ifPresent(it -> node.put("timeBackMillis", it.toMillis()));
    ObjectNode calls = node.putObject("calls");
    for (RegionRole role : RegionRole.values()) {
      calls.put(role.name().toLowerCase(Locale.ROOT), report.calls(role));
    }
    node.put("failures", report.failures());
    report.refused().stream().map(Enum::name).sorted().forEach(node.putArray("refused")::add);
    return node;
  }

  /** Of a page that cannot be written that is said; the report is printed by then. */
  private boolean written(DrillReport report) {
    try {
      if (html != null) {
        Files.writeString(html, report.toHtml());
      }
      return true;
    } catch (IOException e) {
      err().println("twinpool: --html " + html + " cannot be written");
      return false;
    }
  }
}
