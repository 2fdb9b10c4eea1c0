package io.github.twinpool.cli;

import io.github.twinpool.InvalidUserPoolException;
import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.internal.net.Endpoints;
import io.github.twinpool.operations.AwsClients;
import io.github.twinpool.operations.AwsClientsBuilder;
import io.github.twinpool.operations.Drill;
import io.github.twinpool.operations.OperationsException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What all commands about a pool have: which pool, and a look for a drill that was killed. */
@SuppressWarnings("NullAway.Init") // picocli sets them
abstract class PoolCommand implements Callable<Integer> {
  private static final AwsCredentialsProvider EMULATOR =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("emulator", "emulator"));

  @Spec CommandSpec spec;

  @Option(
      names = "--pool",
      required = true,
      paramLabel = "ID",
      description = "The pool's ID, which names the primary Region.")
  String poolId;

  @Option(
      names = "--secondary",
      required = true,
      paramLabel = "REGION",
      description = "The secondary Region, be it set up or not.")
  String secondary;

  @Option(
      names = "--allow-unlisted-regions",
      description = "Takes Regions that 'twinpool regions' does not know.")
  boolean allowUnlistedRegions;

  @Option(names = "--fips", description = "Uses FIPS hosts for all calls and for the keys.")
  boolean fips;

  @Option(
      names = "--journal",
      paramLabel = "DIR",
      description = "Where drills are written down. Default: ~/.twinpool")
  Path journal = Path.of(System.getProperty("user.home"), ".twinpool");

  @Option(names = "--json", description = "Prints JSON.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  boolean help;

  @ArgGroup(exclusive = false, heading = "%nAddresses, for Twinpool's emulator:%n")
  Addresses addresses = new Addresses();

  /** Where everything answers, if not at AWS. */
  static final class Addresses {
    @Option(names = "--primary-endpoint", paramLabel = "URL", description = "Cognito's primary.")
    @Nullable URI primary;

    @Option(names = "--secondary-endpoint", paramLabel = "URL", description = "Its secondary.")
    @Nullable URI secondaryEndpoint;

    @Option(names = "--issuer-endpoint", paramLabel = "URL", description = "The updated issuer.")
    @Nullable URI issuer;

    @Option(names = "--primary-kms", paramLabel = "URL", description = "KMS in the primary.")
    @Nullable URI primaryKms;

    @Option(names = "--secondary-kms", paramLabel = "URL", description = "KMS in the secondary.")
    @Nullable URI secondaryKms;

    @Option(names = "--primary-waf", paramLabel = "URL", description = "WAF in the primary.")
    @Nullable URI primaryWaf;

    @Option(names = "--secondary-waf", paramLabel = "URL", description = "WAF in the secondary.")
    @Nullable URI secondaryWaf;

    @Option(names = "--route53-endpoint", paramLabel = "URL", description = "Route 53.")
    @Nullable URI route53;

    private List<@Nullable URI> all() {
      return Arrays.asList(
          primary,
          secondaryEndpoint,
          issuer,
          primaryKms,
          secondaryKms,
          primaryWaf,
          secondaryWaf,
          route53);
    }

    /** Then nobody's own credentials are asked for, which a first try would lack. */
    boolean emulated() {
      return all().stream()
          .anyMatch(it -> it != null && it.getHost() != null && Endpoints.isLoopback(it.getHost()));
    }

    boolean complete() {
      return all().stream().allMatch(Objects::nonNull);
    }
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  Progress progress() {
    return new Progress(err(), System::nanoTime);
  }

  ParameterException wrong(RuntimeException e) {
    return TwinpoolCommand.wrong(spec, e);
  }

  UserPool pool() {
    try {
      UserPool.Builder pool =
          UserPool.builder(poolId)
              .secondaryRegion(secondary)
              .allowUnlistedRegions(allowUnlistedRegions)
              .fips(fips);
      if (addresses.primary != null) {
        pool.endpoint(RegionRole.PRIMARY, addresses.primary);
      }
      if (addresses.secondaryEndpoint != null) {
        pool.endpoint(RegionRole.SECONDARY, addresses.secondaryEndpoint);
      }
      if (addresses.issuer != null) {
        pool.updatedIssuerEndpoint(addresses.issuer);
      }
      return pool.build();
    } catch (InvalidUserPoolException e) {
      throw wrong(e);
    }
  }

  private AwsClients clients() {
    AwsClientsBuilder clients = AwsClients.builder(pool());
    if (addresses.emulated()) {
      if (!addresses.complete()) {
        throw new ParameterException(
            spec.commandLine(),
            "the emulator's addresses are not complete, and AWS would be asked instead");
      }
      clients.credentials(EMULATOR);
    }
    try {
      point(clients);
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
    return clients.build();
  }

  private void point(AwsClientsBuilder clients) {
    if (addresses.primaryKms != null) {
      clients.kmsEndpoint(RegionRole.PRIMARY, addresses.primaryKms);
    }
    if (addresses.secondaryKms != null) {
      clients.kmsEndpoint(RegionRole.SECONDARY, addresses.secondaryKms);
    }
    if (addresses.primaryWaf != null) {
      clients.wafEndpoint(RegionRole.PRIMARY, addresses.primaryWaf);
    }
    if (addresses.secondaryWaf != null) {
      clients.wafEndpoint(RegionRole.SECONDARY, addresses.secondaryWaf);
    }
    if (addresses.route53 != null) {
      clients.route53Endpoint(addresses.route53);
    }
  }

  @Override
  public final Integer call() {
    try (AwsClients clients = clients()) {
      beforehand(clients);
      return run(clients);
    } catch (OperationsException e) {
      return failed(e, TwinpoolCommand.UNASKED);
    } catch (IllegalStateException | UncheckedIOException e) {
      return failed(e, TwinpoolCommand.PROBLEM);
    } finally {
      out().flush();
    }
  }

  private int failed(RuntimeException e, int code) {
    return TwinpoolCommand.failed(
        spec.commandLine(), json, code, e, "twinpool: " + TwinpoolCommand.first(e));
  }

  /** Tells of a drill that was left behind, and changes nothing. */
  void beforehand(AwsClients clients) {
    try {
      Drill.left(clients, journal)
          .ifPresent(left -> progress().line(left + " 'twinpool drill restore' ends it."));
    } catch (UncheckedIOException e) {
      progress().line("twinpool: " + e.getMessage());
    }
  }

  /** Does the work; the exit code. */
  abstract int run(AwsClients clients);
}
