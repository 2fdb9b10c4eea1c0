package io.github.twinpool.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.operations.AwsClients;
import io.github.twinpool.operations.LagReport;
import io.github.twinpool.operations.ReplicationLagMeter;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How late the secondary is. */
@Command(
    name = "lag",
    description = {
      "Measures how much later the secondary sees a change.",
      "Writes a marker to a canary user, which makes it a monthly active user, and"
          + " puts its value back."
    })
@SuppressWarnings("NullAway.Init") // picocli sets them
final class LagCommand extends PoolCommand {
  @Parameters(paramLabel = "USERNAME", description = "A user that nobody signs in as.")
  String username;

  @Option(names = "--samples", paramLabel = "N", description = "Default: 20")
  int samples = 20;

  @Option(
      names = "--attribute",
      paramLabel = "NAME",
      description = "The attribute that is written. Default: nickname")
  String attribute = "nickname";

  @Override
  int run(AwsClients clients) {
    Progress progress = progress();
    ReplicationLagMeter meter;
    try {
      meter =
          ReplicationLagMeter.of(clients, username)
              .samples(samples)
              .attribute(attribute)
              .listener(progress.lag(samples));
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
    progress.line("Writing " + samples + " markers, each of which may take 30 s ...");
    LagReport report = meter.measure();
    if (json) {
      out().println(json(report));
    } else {
      report.toString().lines().flatMap(it -> Stream.of(it.split("; "))).forEach(out()::println);
    }
    return report.lost() == 0 ? 0 : TwinpoolCommand.PROBLEM;
  }

  private static ObjectNode json(LagReport report) {
    ObjectNode node =
        new ObjectMapper()
            .createObjectNode()
            .put("arrived", report.arrived())
            .put("lost", report.lost());
    for (int percent : new int[] {50, 90, 99, 100}) {
      report
          .percentile(percent)
          .ifPresent(lag -> node.put("p" + percent + "Millis", lag.toMillis()));
    }
    return node;
  }
}
