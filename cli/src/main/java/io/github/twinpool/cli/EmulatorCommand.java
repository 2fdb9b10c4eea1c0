package io.github.twinpool.cli;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A pool to try the other commands on. */
@Command(
    name = "emulator",
    mixinStandardHelpOptions = true,
    description = {
      "Starts an emulated pool, to try the other commands on.",
      "It has two Regions on loopback, with KMS, WAF and Route 53. Prints the options"
          + " that lead there, and ends with Ctrl-C. It is no authentication service."
    })
@SuppressWarnings("NullAway.Init") // picocli sets them
final class EmulatorCommand implements Callable<Integer> {
  private static final String PASSWORD = "Correct-Horse-7";

  @Spec CommandSpec spec;

  @Option(
      names = "--single-region",
      description = "A pool as pools are before replication is set up.")
  boolean singleRegion;

  @Option(
      names = "--port",
      paramLabel = "<first>",
      description = {
        "The primary Region's port. All others follow it in a row, in the order in which they are"
            + " printed. Default: free ones."
      })
  int firstPort;

  @Option(
      names = "--pool-id",
      paramLabel = "<id>",
      description = "The pool's ID, which begins with its Region. Default: a random one.")
  @Nullable String poolId;

  @Option(
      names = "--secondary",
      paramLabel = "<region>",
      description = "The replica's Region. Default: us-west-2.")
  @Nullable String secondary;

  @Option(
      names = "--client-id",
      paramLabel = "<id>",
      description = "The app client's ID. Default: a random one.")
  @Nullable String clientId;

  @Option(
      names = "--client-secret",
      paramLabel = "<secret>",
      description = "The app client's secret. Default: none.")
  @Nullable String clientSecret;

  @Option(
      names = "--pools",
      paramLabel = "<file>",
      description = "A YAML file of pools, app clients and users. Default: the user ada.")
  @Nullable Path pools;

  @Override
  public Integer call() throws InterruptedException {
    CognitoEmulator.Builder builder = builder();
    try (CognitoEmulator emulator = builder.start()) {
      PrintWriter out = spec.commandLine().getOut();
      if (pools == null) {
        out.println("# user: ada, password: " + PASSWORD);
      }
      print(emulator, out);
      new CountDownLatch(1).await();
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    } catch (UncheckedIOException e) {
      String line = "twinpool: " + TwinpoolCommand.first(e);
      return TwinpoolCommand.failed(spec.commandLine(), false, TwinpoolCommand.PROBLEM, e, line);
    }
    return 0;
  }

  private CognitoEmulator.Builder builder() {
    try {
      CognitoEmulator.Builder builder =
          CognitoEmulator.builder().singleRegion(singleRegion).firstPort(firstPort);
      if (poolId != null) {
        builder.poolId(poolId);
      }
      if (secondary != null) {
        builder.secondaryRegion(secondary);
      }
      if (clientId != null) {
        builder.clientId(clientId);
      }
      if (clientSecret != null) {
        builder.clientSecret(clientSecret);
      }
      return pools == null ? builder.user("ada", PASSWORD) : builder.pools(pools);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw wrong(e);
    }
  }

  /** A complaint in the words of the options; here the pool's ID is not --pool. */
  private ParameterException wrong(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith("id ")
        ? new ParameterException(spec.commandLine(), "--pool-id" + message.substring(2), e)
        : TwinpoolCommand.wrong(spec, e);
  }

  static void print(CognitoEmulator emulator, PrintWriter out) {
    out.println("--pool " + emulator.userPool().id());
    out.println("--secondary " + emulator.region(RegionRole.SECONDARY).name());
    out.println("--primary-endpoint " + emulator.region(RegionRole.PRIMARY).endpoint());
    out.println("--secondary-endpoint " + emulator.region(RegionRole.SECONDARY).endpoint());
    out.println("--issuer-endpoint " + emulator.updatedIssuerEndpoint());
    out.println("# primary domain: " + emulator.domain(RegionRole.PRIMARY));
    out.println("# secondary domain: " + emulator.domain(RegionRole.SECONDARY));
    out.println("# custom domain: " + emulator.customDomain());
    out.println("--primary-kms " + emulator.kms(RegionRole.PRIMARY).endpoint());
    out.println("--secondary-kms " + emulator.kms(RegionRole.SECONDARY).endpoint());
    out.println("--primary-waf " + emulator.waf(RegionRole.PRIMARY).endpoint());
    out.println("--secondary-waf " + emulator.waf(RegionRole.SECONDARY).endpoint());
    out.println("--route53-endpoint " + emulator.route53().endpoint());
    out.println("# identity provider: " + emulator.identityProvider().issuer());
    out.println("# app client: " + emulator.clientId());
    out.println("# health check: " + emulator.route53().healthCheckId() + ", ready");
    out.flush();
  }
}
