package io.github.twinpool.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.CognitoEmulator;
import io.github.twinpool.emulator.EmulatedRoute53;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.emulator.TestEmulators;
import io.github.twinpool.failover.Advice;
import io.github.twinpool.failover.FailoverListener;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.operations.HealthSignalProblem.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;

/**
 * The signal with the AWS SDK's own client of Route 53, at the emulator's. Polls come when the test
 * says so.
 */
class Route53HealthSignalTest {
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example"));

  private static final FailoverPolicy HASTY =
      FailoverPolicy.builder()
          .dwell(Duration.ofMillis(200))
          .failbackStep(Duration.ofMillis(50))
          .probeInterval(Duration.ofMillis(200))
          .suspectProbeInterval(Duration.ofMillis(50))
          .build();

  private final CognitoEmulator emulator = TestEmulators.start();
  private final EmulatedRoute53 route53 = emulator.route53();
  private final Set<RegionRole> alive = ConcurrentHashMap.newKeySet();
  private final MultiRegionCognito cognito = cognito(HASTY);
  private final Route53Client client =
      Route53Client.builder()
          .region(Region.AWS_GLOBAL)
          .endpointOverride(route53.endpoint())
          .credentialsProvider(CREDENTIALS)
          .build();
  private final PollsOnDemand polls = new PollsOnDemand();
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

  private MultiRegionCognito cognito(FailoverPolicy policy) {
    return MultiRegionCognito.builder(emulator.userPool())
        .clients(client -> client.credentialsProvider(CREDENTIALS))
        .asyncClients(client -> client.credentialsProvider(CREDENTIALS))
        .policy(policy)
        .listener(
            new FailoverListener() {
              @Override
              public void onProbe(ProbeReport report) {
                if (report.alive()) {
                  alive.add(report.role());
                }
              }
            })
        .build();
  }

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
        .thread(polls);
  }

  private void invert(boolean inverted) {
    client.updateHealthCheck(it -> it.healthCheckId(route53.healthCheckId()).inverted(inverted));
  }

  /** Without a secondary that answers, no advice would move a call. */
  private void secondaryAnswers() {
    await().until(() -> alive.contains(RegionRole.SECONDARY));
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
      polls.poll();
      polls.poll();
      secondaryAnswers();
      assertThat(signal.healthy()).contains(true);
      assertThat(cognito.status().serving()).isEqualTo(RegionRole.PRIMARY);
      assertThat(servesTheDomain()).isEqualTo(RegionRole.PRIMARY);

      invert(true);
      polls.poll();
      assertThat(cognito.status().serving()).isEqualTo(RegionRole.PRIMARY);
      polls.poll();
      await().until(() -> cognito.status().serving() == RegionRole.SECONDARY);
      assertThat(servesTheDomain()).isEqualTo(RegionRole.SECONDARY);
      assertThat(signal.healthy()).contains(false);

      invert(false);
      assertThat(servesTheDomain()).isEqualTo(RegionRole.PRIMARY);
      polls.poll();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> cognito.status().serving() == RegionRole.PRIMARY);
      assertThat(changes).containsExactly(true, false, true);
      assertThat(problems).isEmpty();
    }
  }

  @Test
  void polls_are_an_interval_apart_give_or_take_a_fifth() {
    try (Route53HealthSignal signal = builder().interval(Duration.ofSeconds(10)).start()) {
      for (int i = 0; i < 5; i++) {
        polls.poll();
        assertThat(polls.pause()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
      }
      assertThat(signal.healthy()).contains(true);
      assertThat(route53.calls("GetHealthCheckStatus")).isEqualTo(5);
    }
  }

  @Test
  void with_bias_the_check_alone_moves_nothing() {
    cognito.close();
    alive.clear();
    // The default pace: a late probe of a busy machine and the check together would be evidence.
    try (MultiRegionCognito calm = cognito(FailoverPolicy.builder().build());
        Route53HealthSignal signal =
            Route53HealthSignal.builder(calm, route53.healthCheckId())
                .client(client)
                .thread(polls)
                .start()) {
      secondaryAnswers();
      route53.healthyCheckers(2);
      for (int i = 0; i < 6; i++) {
        polls.poll();
        assertThat(signal.healthy()).contains(false);
        assertThat(calm.status().serving()).isEqualTo(RegionRole.PRIMARY);
      }
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
    invert(false); // so that the client has a connection, and the time limit is the outage's alone
    Duration limit = Duration.ofMillis(what.equals("hang") ? 700 : 5_000);
    try (Route53HealthSignal signal = builder().timeout(limit).start(advice::add)) {
      polls.poll();
      assertThat(advice).hasSize(1);
      route53.outage(outage);
      polls.poll();
      assertThat(signal.problem()).isPresent();
      assertThat(problems).hasSize(1);
      assertThat(problems.get(0).kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(problems.get(0).missingPermission()).isEmpty();
      polls.poll();
      assertThat(problems).hasSize(1);
      assertThat(cognito.status().serving()).isEqualTo(RegionRole.PRIMARY);
      assertThat(advice).hasSize(1);

      route53.outage(Outage.none());
      polls.poll();
      assertThat(advice).hasSize(2);
      assertThat(recoveries).hasSize(1);
      assertThat(signal.problem()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GetHealthCheck", "GetHealthCheckStatus"})
  void a_denied_action_is_named(String operation) {
    route53.deny(operation);
    try (Route53HealthSignal signal = builder().start(advice::add)) {
      polls.poll();
      polls.poll();
      assertThat(problems).hasSize(1);
      assertThat(problems.get(0).kind()).isEqualTo(Kind.DENIED);
      assertThat(problems.get(0).missingPermission()).contains("route53:" + operation);
      assertThat(signal.toString()).contains("route53:" + operation);
      assertThat(advice).isEmpty();
      route53.deny();
      polls.poll();
      assertThat(advice).hasSize(1);
    }
    assertThat(problems).hasSize(1);
  }

  @Test
  void a_check_that_does_not_exist_is_said_to_be_none() {
    try (Route53HealthSignal signal =
        Route53HealthSignal.builder(cognito, "no-such-check")
            .client(client)
            .thread(polls)
            .start(advice::add)) {
      polls.poll();
      assertThat(signal.problem().orElseThrow().kind()).isEqualTo(Kind.NO_SUCH_HEALTH_CHECK);
      assertThat(advice).isEmpty();
    }
  }

  @Test
  void a_listener_that_throws_stops_nothing_and_closing_does() {
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
    polls.poll();
    polls.poll();
    polls.poll();
    assertThat(advice).hasSize(3);
    signal.close();
    signal.close();
    assertThat(polls.isTerminated()).as("no poll waits").isTrue();
    assertThat(client.getHealthCheck(it -> it.healthCheckId(route53.healthCheckId())))
        .as("the caller's client stays open")
        .isNotNull();
  }

  @Test
  void it_polls_on_a_thread_of_its_own_that_inherits_nothing_and_ends_with_it() {
    InheritableThreadLocal<String> tenant = new InheritableThreadLocal<>();
    tenant.set("of the caller that starts it");
    List<String> seen = new CopyOnWriteArrayList<>();
    Route53HealthSignal signal =
        Route53HealthSignal.builder(cognito, route53.healthCheckId())
            .client(client)
            .quickly(Duration.ofMillis(20))
            .start(
                healthy -> {
                  seen.add(String.valueOf(tenant.get()));
                  advice.add(healthy);
                });
    await().until(() -> advice.size() > 2);
    assertThat(seen).containsOnly("null");
    signal.close();
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(it -> it.getName().equals("twinpool-route53-health")));
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
