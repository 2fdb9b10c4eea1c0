package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.failover.MultiRegionCognito;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;

@Isolated("looks at all threads")
class Route53HealthSignalClosingTest {
  @Test
  void closing_ends_the_thread() {
    List<Boolean> advice = new CopyOnWriteArrayList<>();
    try (CognitoEmulator emulator = CognitoEmulator.start();
        MultiRegionCognito cognito = MultiRegionCognito.builder(emulator.userPool()).build();
        Route53Client client =
            Route53Client.builder()
                .region(Region.AWS_GLOBAL)
                .endpointOverride(emulator.route53().endpoint())
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build()) {
      Route53HealthSignal signal =
          Route53HealthSignal.builder(cognito, emulator.route53().healthCheckId())
              .client(client)
              .quickly(Duration.ofMillis(100))
              .start(advice::add);
      await().until(() -> !advice.isEmpty());
      assertThat(threads()).hasSize(1);
      signal.close();
      await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter("twinpool-route53-health"::equals)
        .toList();
  }
}
