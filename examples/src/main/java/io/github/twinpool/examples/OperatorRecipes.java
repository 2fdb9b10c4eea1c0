package io.github.twinpool.examples;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.operations.AwsClients;
import io.github.twinpool.operations.CostEstimate;
import io.github.twinpool.operations.CostEstimate.Tier;
import io.github.twinpool.operations.CostEstimate.Usage;
import io.github.twinpool.operations.DnsSwitch;
import io.github.twinpool.operations.DoctorReport;
import io.github.twinpool.operations.Drill;
import io.github.twinpool.operations.DrillReport;
import io.github.twinpool.operations.LagReport;
import io.github.twinpool.operations.ReplicationDoctor;
import io.github.twinpool.operations.ReplicationLagMeter;
import io.github.twinpool.operations.ReplicationSetup;
import io.github.twinpool.operations.SetupListener;
import io.github.twinpool.operations.SetupStep;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;
import software.amazon.awssdk.services.route53.model.HealthCheckType;

/** What the operators' pages in {@code docs/} show. */
final class OperatorRecipes {
  private OperatorRecipes() {}

  static void setUp() {
    // tag::plan[]
    UserPool pool = UserPool.of("us-east-1_EXAMPLE").replicatedTo("us-west-2");
    HealthCheckConfig health =
        HealthCheckConfig.builder()
            .type(HealthCheckType.HTTPS)
            .fullyQualifiedDomainName("health.example.com") // what you want to fail over with
            .resourcePath("/sign-in")
            .requestInterval(10)
            .failureThreshold(3)
            .build();

    try (AwsClients clients = AwsClients.of(pool)) {
      ReplicationSetup setup =
          ReplicationSetup.builder(clients).manageKey(true).healthCheck(health).build();
      System.out.println(setup.plan()); // reads, and changes nothing
      // end::plan[]
      apply(setup);
      // tag::plan[]
    }
    // end::plan[]
  }

  private static void apply(ReplicationSetup setup) {
    // tag::apply[]
    setup.apply(
        new SetupListener() {
          @Override
          public void waits(SetupStep step, String status, Duration elapsed) {
            System.out.println(step.kind() + ": " + status + ", " + elapsed.toSeconds() + " s");
          }
        });
    // end::apply[]
  }

  static ReplicationSetup withTriggers(AwsClients clients, String function) {
    // tag::secondary[]
    ReplicationSetup setup =
        ReplicationSetup.builder(clients)
            .secondarySettings(replica -> replica.lambdaConfig(it -> it.preSignUp(function)))
            .build();
    // end::secondary[]
    return setup;
  }

  static int examine(AwsClients clients) {
    // tag::doctor[]
    DoctorReport report = ReplicationDoctor.of(clients).examine();
    System.out.println(report); // or report.toJson()
    int exitCode = report.exitCode();
    // end::doctor[]
    return exitCode;
  }

  static DrillReport drill(
      MultiRegionCognito cognito, AwsClients clients, String healthCheckId, Path journal) {
    // tag::left[]
    Drill.restoreLeft(clients, journal).ifPresent(System.out::println);
    // end::left[]
    // tag::drill[]
    DrillReport report =
        Drill.builder(cognito)
            .duration(Duration.ofMinutes(5))
            .abortAt(0.1)
            .fleet(clients, healthCheckId, journal) // or local(), or observing()
            .run();
    System.out.println(report.toMarkdown());
    // end::drill[]
    return report;
  }

  static void measureLag(AwsClients clients) {
    // tag::lag[]
    LagReport lag = ReplicationLagMeter.of(clients, "canary").samples(50).measure();
    System.out.println(lag); // lag p50 …, p90 …, most …
    // end::lag[]
  }

  static CostEstimate estimate() {
    // tag::cost[]
    CostEstimate estimate =
        CostEstimate.of(new Usage(Tier.ESSENTIALS, 100_000, BigDecimal.ZERO, 50_000, 2_000_000));
    System.out.println(estimate); // the add-on, the total, and what cached machine tokens save
    // end::cost[]
    return estimate;
  }

  static void switchDns(AwsClients clients, String zone, String healthCheckId) {
    // tag::dns[]
    DnsSwitch dns =
        DnsSwitch.builder(clients, zone, "api.example.com")
            .cname(RegionRole.PRIMARY, "proxy.us-east-1.example.com")
            .cname(RegionRole.SECONDARY, "proxy.us-west-2.example.com")
            .healthCheck(RegionRole.PRIMARY, healthCheckId) // the one the pool's domain follows
            .build();
    dns.plan().forEach(System.out::println);
    dns.apply();
    // end::dns[]
  }
}
