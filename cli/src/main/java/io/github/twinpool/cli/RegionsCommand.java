package io.github.twinpool.cli;

import io.github.twinpool.ReplicationRegions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Where replication is offered. */
@Command(
    name = "regions",
    mixinStandardHelpOptions = true,
    description = "Lists the Regions that replication is known to be offered in.")
@SuppressWarnings("NullAway.Init") // picocli sets them
final class RegionsCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    ReplicationRegions.known().stream().sorted().forEach(spec.commandLine().getOut()::println);
    return 0;
  }
}
