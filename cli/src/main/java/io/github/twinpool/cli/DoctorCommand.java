package io.github.twinpool.cli;

import io.github.twinpool.operations.AwsClients;
import io.github.twinpool.operations.DoctorReport;
import io.github.twinpool.operations.ReplicationDoctor;
import picocli.CommandLine.Command;

/** What would hurt on the day of an outage. */
@Command(
    name = "doctor",
    description = {
      "Says what would hurt on the day of an outage.",
      "Changes nothing. Run it where the application runs, and with its identity."
    })
final class DoctorCommand extends PoolCommand {
  @Override
  int run(AwsClients clients) {
    Progress progress = progress();
    progress.line("Looking at both Regions ...");
    DoctorReport report =
        ReplicationDoctor.of(clients).examine(check -> progress.word(check.name()));
    progress.endWords();
    out().print(json ? report.toJson() + System.lineSeparator() : report.toString());
    return report.exitCode();
  }
}
