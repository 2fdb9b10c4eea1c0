package io.github.twinpool.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.twinpool.RegionRole;
import io.github.twinpool.operations.AwsClients;
import io.github.twinpool.operations.ReplicationStatus;
import java.util.Locale;
import picocli.CommandLine.Command;

/** How the pool stands now. */
@Command(name = "status", description = "Shows whether both Regions answer, and the replica.")
final class StatusCommand extends PoolCommand {
  @Override
  int run(AwsClients clients) {
    progress().line("Asking both Regions ...");
    ReplicationStatus status = ReplicationStatus.of(clients);
    if (json) {
      ObjectNode node = new ObjectMapper().createObjectNode();
      for (RegionRole role : RegionRole.values()) {
        node.put(role.name().toLowerCase(Locale.ROOT), answers(status, role));
      }
      out().println(node.put("replica", status.replica()).put("ready", status.ready()));
    } else {
      for (RegionRole role : RegionRole.values()) {
        out()
            .printf(
                Locale.ROOT,
                "%-10s %-16s %s%n",
                role,
                clients.userPool().region(role),
                answers(status, role) ? "answers" : "DOES NOT ANSWER");
      }
      out()
          .println(
              "replica    "
                  + status.replica()
                  + " in "
                  + clients.userPool().region(RegionRole.SECONDARY));
    }
    return status.ready() ? 0 : TwinpoolCommand.PROBLEM;
  }

  private static boolean answers(ReplicationStatus status, RegionRole role) {
    return Boolean.TRUE.equals(status.answers().get(role));
  }
}
