package io.github.twinpool.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.twinpool.operations.CostEstimate;
import io.github.twinpool.operations.CostEstimate.Tier;
import io.github.twinpool.operations.CostEstimate.Usage;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What replication costs. */
@Command(
    name = "cost",
    mixinStandardHelpOptions = true,
    description = "Estimates what replication adds to a month. Asks nobody.")
@SuppressWarnings("NullAway.Init") // picocli sets them
final class CostCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--tier",
      paramLabel = "TIER",
      description = "${COMPLETION-CANDIDATES}. Default: ESSENTIALS")
  Tier tier = Tier.ESSENTIALS;

  @Option(names = "--users", required = true, paramLabel = "N", description = "A month's users.")
  long users;

  @Option(
      names = "--price-per-user",
      paramLabel = "USD",
      description = "What one costs you without replication. Default: 0")
  BigDecimal pricePerUser = BigDecimal.ZERO;

  @Option(names = "--machine-tokens", paramLabel = "N", description = "Requested in a month.")
  long machineTokens;

  @Option(names = "--saved", paramLabel = "N", description = "Machine tokens from a cache.")
  long saved;

  @Option(names = "--json", description = "Prints JSON.")
  boolean json;

  @Override
  public Integer call() {
    try {
      CostEstimate estimate =
          CostEstimate.of(new Usage(tier, users, pricePerUser, machineTokens, saved));
      var out = spec.commandLine().getOut();
      if (json) {
        out.println(
            new ObjectMapper()
                .createObjectNode()
                .put("addOn", estimate.addOn())
                .put("total", estimate.total())
                .put("saved", estimate.saved())
                .put("currency", "USD")
                .put("pricesOf", estimate.pricesOf()));
        return 0;
      }
      out.printf(Locale.ROOT, "replication adds  $%12s a month%n", estimate.addOn());
      out.printf(Locale.ROOT, "in all            $%12s a month%n", estimate.total());
      out.printf(Locale.ROOT, "a cache saves     $%12s a month%n", estimate.saved());
      out.println("Prices of " + estimate.pricesOf() + ". An estimate, not an offer.");
      return 0;
    } catch (IllegalArgumentException e) {
      throw TwinpoolCommand.wrong(spec, e);
    }
  }
}
