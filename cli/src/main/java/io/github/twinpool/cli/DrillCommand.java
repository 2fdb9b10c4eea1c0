package io.github.twinpool.cli;

import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.operations.AwsClients;
import io.github.twinpool.operations.Drill;
import io.github.twinpool.operations.DrillBuilder;
import io.github.twinpool.operations.DrillReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Rehearses an outage. */
@Command(
    name = "drill",
    description = {
      "Rehearses an outage. 'local' moves this process alone, 'fleet' inverts the",
      "Route 53 health check that the domain and the fleet follow, 'observe' changes",
      "nothing. If it is killed, the next command about the pool restores the check."
    })
@SuppressWarnings("NullAway.Init") // picocli sets them
final class DrillCommand extends PoolCommand {
  enum Kind {
    LOCAL,
    FLEET,
    OBSERVE
  }

  @Parameters(paramLabel = "local|fleet|observe", description = "Whom to move.")
  Kind kind;

  @Option(
      names = "--health-check",
      paramLabel = "ID",
      description = "The check that the fleet follows; 'fleet' wants it.")
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
      throw new ParameterException(spec.commandLine(), "fleet wants --health-check");
    }
    try (MultiRegionCognito cognito = MultiRegionCognito.builder(clients.userPool()).build()) {
      Drill drill = drill(cognito, clients);
      err().println("The drill takes " + duration.toSeconds() + " s, and the way back.");
      err().flush();
      DrillReport report = drill.run();
      out().print(markdown ? report.toMarkdown() : report.toString());
      write(report);
      return report.aborted() ? TwinpoolCommand.PROBLEM : 0;
    } catch (IllegalStateException e) {
      err().println("twinpool: " + e.getMessage());
      return TwinpoolCommand.PROBLEM;
    }
  }

  private Drill drill(MultiRegionCognito cognito, AwsClients clients) {
    DrillBuilder builder;
    try {
      builder =
          Drill.builder(cognito)
              .before(Duration.ofSeconds(2))
              .duration(duration)
              .after(watch)
              .abortAt(abortAt);
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
    return switch (kind) {
      case LOCAL -> builder.local();
      case OBSERVE -> builder.observing();
      case FLEET -> builder.fleet(clients, String.valueOf(healthCheck), journal);
    };
  }

  private void write(DrillReport report) {
    if (html != null) {
      try {
        Files.writeString(html, report.toHtml());
      } catch (IOException e) {
        throw new UncheckedIOException("--html " + html + " cannot be written", e);
      }
    }
  }
}
