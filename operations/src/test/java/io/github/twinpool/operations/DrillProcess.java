package io.github.twinpool.operations;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.MultiRegionCognito;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A fleet drill in a process of its own, to be killed: an hour long, of an emulator elsewhere. */
final class DrillProcess {
  private DrillProcess() {}

  /** Pool ID, health check ID, journal, and the endpoints of both Regions and of Route 53. */
  public static void main(String[] args) {
    UserPool pool =
        UserPool.builder(args[0])
            .secondaryRegion("us-west-2")
            .endpoint(RegionRole.PRIMARY, URI.create(args[3]))
            .endpoint(RegionRole.SECONDARY, URI.create(args[4]))
            .build();
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example"));
    try (MultiRegionCognito cognito = MultiRegionCognito.builder(pool).build();
        AwsClients clients =
            AwsClients.builder(pool)
                .credentials(credentials)
                .route53Endpoint(URI.create(args[5]))
                .build()) {
      Drill.builder(cognito)
          .before(Duration.ofMillis(1))
          .duration(Duration.ofHours(1))
          .fleet(clients, args[1], Path.of(args[2]))
          .run();
    }
  }
}
