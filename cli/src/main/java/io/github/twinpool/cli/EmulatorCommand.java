package io.github.twinpool.cli;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.EmulatedControl;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    },
    subcommands = EmulatorOutageCommand.class)
@SuppressWarnings("NullAway.Init") // picocli sets them
final class EmulatorCommand implements Callable<Integer> {
  private static final String PASSWORD = "Correct-Horse-7";

  @Spec CommandSpec spec;

  @Option(
      names = "--single-region",
      description = "A pool as pools are before replication is set up.")
  boolean singleRegion;

  @Option(
      names = "--control-port",
      paramLabel = "<port>",
      description = "Where outages are switched, by 'twinpool emulator outage' and by HTTP.")
  int controlPort;

  @Option(
      names = "--control-address",
      paramLabel = "<address>",
      description = "The address of that port, for containers. Default: 127.0.0.1.")
  InetAddress controlAddress = InetAddress.getLoopbackAddress();

  @Option(
      names = "--allowed-host",
      paramLabel = "<name>",
      description = "A host name that requests to that port may use, for containers.")
  List<String> allowedHosts = List.of();

  @Option(
      names = "--control-files",
      paramLabel = "<dir>",
      description = "Where the token of that port is left for this user. Default: ~/.twinpool.")
  Path files = files();

  @Option(
      names = "--https-authority",
      paramLabel = "<file>",
      description = {
        "Speaks HTTPS, with names in a DNS of its own, and writes the certificate to trust to"
            + " this file, as PEM."
      })
  @Nullable Path authority;

  static Path files() {
    return Path.of(System.getProperty("user.home"), ".twinpool");
  }

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
      out.println("# token of outages: " + whereTheTokenIs(emulator.control()));
      if (authority != null) {
        Files.writeString(authority, emulator.tls().authorityPem());
        UserPool named = emulator.dns().userPool();
        out.println("# primary host: " + named.endpoint(RegionRole.PRIMARY).getHost());
        out.println("# secondary host: " + named.endpoint(RegionRole.SECONDARY).getHost());
        out.println("# DNS: port " + emulator.dns().address().getPort() + ", UDP");
      }
      print(emulator, out);
      new CountDownLatch(1).await();
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    } catch (IOException e) {
      String line = "twinpool: " + authority + " cannot be written";
      return TwinpoolCommand.failed(spec.commandLine(), false, TwinpoolCommand.PROBLEM, e, line);
    } catch (UncheckedIOException e) {
      String line = "twinpool: " + TwinpoolCommand.first(e);
      return TwinpoolCommand.failed(spec.commandLine(), false, TwinpoolCommand.PROBLEM, e, line);
    }
    return 0;
  }

  /** Leaves the token for commands of this user, unless they have it, until this process ends. */
  private String whereTheTokenIs(EmulatedControl control) {
    if (System.getenv(EmulatorOutageCommand.TOKEN) != null) {
      return EmulatorOutageCommand.TOKEN;
    }
    try {
      Path file =
          new ControlFile(control.endpoint(), control.token(), ProcessHandle.current().pid())
              .write(files);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> file.toFile().delete(), "twinpool-token-file"));
      return file.toString();
    } catch (UncheckedIOException e) {
      // A pool is of use without a home that can be written to.
      spec.commandLine().getErr().println("twinpool: " + TwinpoolCommand.first(e));
      return "no file: set " + EmulatorOutageCommand.TOKEN;
    }
  }

  private CognitoEmulator.Builder builder() {
    try {
      CognitoEmulator.Builder builder =
          CognitoEmulator.builder()
              .singleRegion(singleRegion)
              .firstPort(firstPort)
              .https(authority != null)
              .controlAddress(controlAddress)
              .allowedHosts(allowedHosts.toArray(String[]::new));
      if (controlPort != 0) {
        builder.controlPort(controlPort);
      }
      String token = System.getenv(EmulatorOutageCommand.TOKEN);
      if (token != null) {
        builder.controlToken(token);
      }
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
    out.println("# outages: " + emulator.control().endpoint());
    out.println("# app client: " + emulator.clientId());
    out.println("# health check: " + emulator.route53().healthCheckId() + ", ready");
    out.flush();
  }
}
