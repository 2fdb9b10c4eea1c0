package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.EmulatedRoute53;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.failover.Advice;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.operations.HealthSignalProblem.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;

/** The signal with the AWS SDK's own client of Route 53, at the emulator's. */
@Execution(ExecutionMode.CONCURRENT) // they wait; each test has an emulator of its own
class Route53HealthSignalTest {
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example"));
  private static final Duration POLL = Duration.ofMillis(800);

  private final CognitoEmulator emulator = CognitoEmulator.start();
  private final EmulatedRoute53 route53 = emulator.route53();
  private final MultiRegionCognito cognito =
      MultiRegionCognito.builder(emulator.userPool())
          .clients(client -> client.credentialsProvider(CREDENTIALS))
          .asyncClients(client -> client.credentialsProvider(CREDENTIALS))
          .policy(SetupFixture.HASTY)
          .build();
  private final Route53Client client =
      Route53Client.builder()
          .region(Region.AWS_GLOBAL)
          .endpointOverride(route53.endpoint())
          .credentialsProvider(CREDENTIALS)
          .build();
  private final List<Boolean> changes = new CopyOnWriteArrayList<>();
  private final List<HealthSignalProblem> problems = new CopyOnWriteArrayList<>();
  private final List<String> recoveries = new CopyOnWriteArrayList<>();
  private final List<Boolean> advice = new CopyOnWriteArrayList<>();
  private final Route53HealthSignalListener listener =
      new Route53HealthSignalListener() {
        @Override
        public void changed(boolean healthy) {
          changes.add(healthy);
        }

        @Override
        public void unreadable(HealthSignalProblem problem) {
          problems.add(problem);
        }

        @Override
        public void readable() {
          recoveries.add("readable");
        }
      };

  @AfterEach
  void close() {
    client.close();
    cognito.close();
    emulator.close();
  }

  private Route53HealthSignalBuilder builder() {
    return Route53HealthSignal.builder(cognito, route53.healthCheckId())
        .client(client)
        .listener(listener)
        .timeout(Duration.ofSeconds(2))
        .quickly(POLL);
  }

  private void invert(boolean inverted) {
    client.updateHealthCheck(it -> it.healthCheckId(route53.healthCheckId()).inverted(inverted));
  }

  private long polls() {
    return route53.calls("GetHealthCheckStatus");
  }

  private RegionRole servesTheDomain() throws IOException, InterruptedException {
    long before = emulator.region(RegionRole.SECONDARY).calls("oauth2/authorize");
    URI authorize = emulator.customDomain().resolve("/oauth2/authorize");
    HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(authorize).build(), BodyHandlers.discarding());
    long after = emulator.region(RegionRole.SECONDARY).calls("oauth2/authorize");
    return after > before ? RegionRole.SECONDARY : RegionRole.PRIMARY;
  }

  @Test
  void an_inverted_check_moves_calls_and_domain_within_two_polls_and_back() throws Exception {
    try (Route53HealthSignal signal = builder().advice(Advice.FOLLOW).start()) {
      await().until(() -> signal.healthy().isPresent() && polls() > 2);
      assertThat(cognito.status().serving()).isEqualTo(RegionRole.PRIMARY);
      assertThat(servesTheDomain()).isEqualTo(RegionRole.PRIMARY);

      invert(true);
      long before = route53.calls("GetHealthCheck");
      await().until(() -> cognito.status().serving() == RegionRole.SECONDARY);
      // Two that began after the inversion; a third may begin before this thread looks.
      assertThat(route53.calls("GetHealthCheck") - before).isBetween(2L, 3L);
      assertThat(servesTheDomain()).isEqualTo(RegionRole.SECONDARY);
      assertThat(signal.healthy()).contains(false);

      invert(false);
      assertThat(servesTheDomain()).isEqualTo(RegionRole.PRIMARY);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> cognito.status().serving() == RegionRole.PRIMARY);
      assertThat(changes).containsExactly(true, false, true);
      assertThat(problems).isEmpty();
    }
  }

  @Test
  void with_bias_the_check_alone_moves_nothing() {
    try (Route53HealthSignal signal = builder().start()) {
      route53.healthyCheckers(2);
      await().until(() -> signal.healthy().equals(java.util.Optional.of(false)));
      long then = polls();
      await().until(() -> polls() > then + 4);
      assertThat(cognito.status().serving()).isEqualTo(RegionRole.PRIMARY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"refused", "hang", "500"})
  void an_unreachable_route_53_gives_no_advice_and_is_told_once(String what) {
    Outage outage =
        switch (what) {
          case "refused" -> Outage.refused();
          case "hang" -> Outage.hang();
          default -> Outage.internalErrors();
        };
    try (Route53HealthSignal signal = builder().start(advice::add)) {
      await().until(() -> !advice.isEmpty());
      route53.outage(outage);
      await().atMost(Duration.ofSeconds(30)).until(() -> !problems.isEmpty());
      int given = advice.size();
      assertThat(signal.problem()).isPresent();
      assertThat(problems.get(0).kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(problems.get(0).missingPermission()).isEmpty();
      assertThat(cognito.status().serving()).isEqualTo(RegionRole.PRIMARY);
      assertThat(advice).hasSize(given);

      route53.outage(Outage.none());
      await().atMost(Duration.ofSeconds(30)).until(() -> advice.size() > given);
      await().untilAsserted(() -> assertThat(recoveries).hasSize(1));
      assertThat(problems).hasSizeLessThanOrEqualTo(2); // both operations may fail once
      assertThat(signal.problem()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GetHealthCheck", "GetHealthCheckStatus"})
  void a_denied_action_is_named(String operation) {
    route53.deny(operation);
    try (Route53HealthSignal signal = builder().start(advice::add)) {
      await().until(() -> !problems.isEmpty());
      assertThat(problems.get(0).kind()).isEqualTo(Kind.DENIED);
      assertThat(problems.get(0).missingPermission()).contains("route53:" + operation);
      assertThat(signal.toString()).contains("route53:" + operation);
      assertThat(advice).isEmpty();
      route53.deny();
      await().until(() -> !advice.isEmpty());
    }
    assertThat(problems).hasSize(1);
  }

  @Test
  void a_check_that_does_not_exist_is_said_to_be_none() {
    try (Route53HealthSignal signal =
        Route53HealthSignal.builder(cognito, "no-such-check")
            .client(client)
            .quickly(POLL)
            .start(advice::add)) {
      await().until(() -> signal.problem().isPresent());
      assertThat(signal.problem().orElseThrow().kind()).isEqualTo(Kind.NO_SUCH_HEALTH_CHECK);
      assertThat(advice).isEmpty();
    }
  }

  @Test
  void a_listener_that_throws_stops_nothing_and_closing_leaves_the_client_open() {
    Route53HealthSignal signal =
        builder()
            .listener(
                new Route53HealthSignalListener() {
                  @Override
                  public void changed(boolean healthy) {
                    throw new IllegalStateException("not today");
                  }
                })
            .start(advice::add);
    await().until(() -> advice.size() > 2);
    signal.close();
    signal.close();
    assertThat(client.getHealthCheck(it -> it.healthCheckId(route53.healthCheckId())))
        .as("the caller's client stays open")
        .isNotNull();
  }

  @Test
  void the_builder_refuses_what_cannot_work() {
    assertThatThrownBy(() -> Route53HealthSignal.builder(cognito, "a b"))
        .hasMessageContaining("healthCheckId");
    assertThatThrownBy(() -> builder().interval(Duration.ofSeconds(1)))
        .hasMessageContaining("interval");
    assertThatThrownBy(() -> builder().interval(Duration.ofSeconds(30)))
        .hasMessageContaining("interval");
    assertThatThrownBy(() -> builder().timeout(Duration.ZERO)).hasMessageContaining("timeout");
  }
}
