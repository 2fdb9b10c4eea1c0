package io.github.twinpool.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.twinpool.ReplicationRegions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where replication is offered. */
@Command(
    name = "regions",
    mixinStandardHelpOptions = true,
    description = "Lists the Regions that are known to offer replication.")
@SuppressWarnings("NullAway.Init") // picocli sets them
final class RegionsCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--json", description = "Prints JSON.")
  boolean json;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var regions = ReplicationRegions.known().stream().sorted();
    if (json) {
      ArrayNode all = new ObjectMapper().createArrayNode();
      regions.forEach(all::add);
      out.println(all);
    } else {
      regions.forEach(out::println);
    }
    return 0;
  }
}
