package io.github.twinpool.examples;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.operations.AwsClients;
import io.github.twinpool.operations.DnsSwitch;
import io.github.twinpool.operations.ReplicationSetup;
import io.github.twinpool.operations.SetupListener;
import io.github.twinpool.operations.SetupStep;
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
