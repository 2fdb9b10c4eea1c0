package io.github.twinpool.cli;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.EmulatedControl;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
  @Spec CommandSpec spec;

  @Option(
      names = "--single-region",
      description = "A pool as pools are before replication is set up.")
  boolean singleRegion;

  @Option(
      names = "--control-port",
      paramLabel = "PORT",
      description = "Where outages are switched, by 'twinpool emulator outage' and by HTTP.")
  int controlPort;

  @Option(
      names = "--control-address",
      paramLabel = "ADDRESS",
      description = "The address of that port, for containers. Default: 127.0.0.1.")
  InetAddress controlAddress = InetAddress.getLoopbackAddress();

  @Option(
      names = "--allowed-host",
      paramLabel = "NAME",
      description = "A host name that requests to that port may use, for containers.")
  List<String> allowedHosts = List.of();

  @Option(
      names = "--control-files",
      paramLabel = "DIR",
      description = "Where the token of that port is left for this user. Default: ~/.twinpool.")
  Path files = files();

  static Path files() {
    return Path.of(System.getProperty("user.home"), ".twinpool");
  }

  @Override
  public Integer call() throws InterruptedException {
    try (CognitoEmulator emulator = started()) {
      emulator.createUser("ada", "Correct-Horse-7");
      String token = whereTheTokenIs(emulator.control());
      PrintWriter out = spec.commandLine().getOut();
      print(emulator, out);
      out.println("# outages: " + emulator.control().endpoint() + ", token in " + token);
      out.flush();
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private CognitoEmulator started() {
    CognitoEmulator.Builder builder = CognitoEmulator.builder().singleRegion(singleRegion);
    String token = System.getenv(EmulatorOutageCommand.TOKEN);
    try {
      if (token != null) {
        builder.controlToken(token);
      }
      builder
          .controlPort(controlPort)
          .controlAddress(controlAddress)
          .allowedHosts(allowedHosts.toArray(String[]::new));
    } catch (IllegalArgumentException e) {
      throw TwinpoolCommand.wrong(spec, e);
    }
    return builder.start();
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
      // Whoever only needs a pool needs no home that can be written to.
      spec.commandLine().getErr().println("twinpool: " + TwinpoolCommand.first(e));
      return "no file: set " + EmulatorOutageCommand.TOKEN;
    }
  }

  static void print(CognitoEmulator emulator, PrintWriter out) {
    out.println("--pool " + emulator.userPool().id());
    out.println("--secondary " + emulator.region(RegionRole.SECONDARY).name());
    out.println("--primary-endpoint " + emulator.region(RegionRole.PRIMARY).endpoint());
    out.println("--secondary-endpoint " + emulator.region(RegionRole.SECONDARY).endpoint());
    out.println("--issuer-endpoint " + emulator.updatedIssuerEndpoint());
    out.println("--primary-kms " + emulator.kms(RegionRole.PRIMARY).endpoint());
    out.println("--secondary-kms " + emulator.kms(RegionRole.SECONDARY).endpoint());
    out.println("--primary-waf " + emulator.waf(RegionRole.PRIMARY).endpoint());
    out.println("--secondary-waf " + emulator.waf(RegionRole.SECONDARY).endpoint());
    out.println("--route53-endpoint " + emulator.route53().endpoint());
    out.println("# health check: " + emulator.route53().healthCheckId() + ", user: ada");
    out.flush();
  }
}
