package io.github.twinpool.cli;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import java.io.PrintWriter;
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
    })
@SuppressWarnings("NullAway.Init") // picocli sets them
final class EmulatorCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--single-region",
      description = "A pool as pools are before replication is set up.")
  boolean singleRegion;

  @Override
  public Integer call() throws InterruptedException {
    try (CognitoEmulator emulator = CognitoEmulator.builder().singleRegion(singleRegion).start()) {
      emulator.createUser("ada", "Correct-Horse-7");
      print(emulator, spec.commandLine().getOut());
      new CountDownLatch(1).await();
    }
    return 0;
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
