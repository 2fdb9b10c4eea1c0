package io.github.twinpool.cli;

import io.github.twinpool.operations.AwsClients;
import io.github.twinpool.operations.DoctorReport;
import io.github.twinpool.operations.ReplicationDoctor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What would hurt on the day of an outage. */
@Command(
    name = "doctor",
    description = {
      "Says what would hurt on the day of an outage. Run it where the application",
      "runs, and with its identity. Changes nothing."
    })
final class DoctorCommand extends PoolCommand {
  @Option(names = "--json", description = "Prints JSON.")
  boolean json;

  @Override
  int run(AwsClients clients) {
    err().println("Looking at both Regions ...");
    err().flush();
    DoctorReport report = ReplicationDoctor.of(clients).examine();
    out().print(json ? report.toJson() + System.lineSeparator() : report.toString());
    return report.exitCode();
  }
}
