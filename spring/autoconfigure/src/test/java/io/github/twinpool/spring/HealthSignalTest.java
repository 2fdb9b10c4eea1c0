package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.emulator.EmulatedRoute53;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.operations.HealthSignalProblem;
import io.github.twinpool.operations.Route53HealthSignal;
import io.github.twinpool.operations.Route53HealthSignalListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.route53.Route53Client;

/** The Route 53 health check as a signal, with the emulator's Route 53. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HealthSignalTest {
  private static final String THREAD = "twinpool-route53-health";

  private TestPool pool;
  private EmulatedRoute53 route53;

  @BeforeAll
  void start() {
    pool = new TestPool();
    route53 = pool.emulator().route53();
  }

  @AfterEach
  void recover() {
    route53.outage(Outage.none());
    route53.deny();
    try (Route53Client client = pool.route53()) {
      invert(client, false);
    }
  }

  @AfterAll
  void stop() {
    pool.close();
  }

  private ApplicationContextRunner withoutId() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                TwinpoolAutoConfiguration.class,
                TwinpoolFailoverAutoConfiguration.class,
                TwinpoolHealthSignalAutoConfiguration.class,
                TwinpoolHealthAutoConfiguration.class))
        .withPropertyValues(pool.properties());
  }

  private ApplicationContextRunner withoutClient() {
    return withoutId().withPropertyValues("twinpool.health-check.id=" + route53.healthCheckId());
  }

  private ApplicationContextRunner runner() {
    return withoutClient().withBean(Route53Client.class, pool::route53);
  }

  /** A client made without an address finds the emulator's, as the SDK lets its users say. */
  private String emulatorsAddress() {
    return "aws.endpointUrlRoute53:" + route53.endpoint();
  }

  private void invert(Route53Client client, boolean inverted) {
    client.updateHealthCheck(it -> it.healthCheckId(route53.healthCheckId()).inverted(inverted));
  }

  private static Route53HealthSignal signal(ApplicationContext context) {
    return context.getBean(Route53HealthSignal.class);
  }

  private static Health health(ApplicationContext context) {
    return context.getBean("twinpoolHealthIndicator", HealthIndicator.class).health();
  }

  private static Object check(ApplicationContext context) {
    return health(context).getDetails().get("healthCheck");
  }

  // Which beans there are.

  @Test
  void with_an_id_the_check_is_read_and_health_says_what_it_says() {
    runner()
        .run(
            context -> {
              assertThat(context).hasSingleBean(Route53HealthSignal.class);
              await()
                  .untilAsserted(
                      () -> assertThat(check(context)).isEqualTo(Map.of("says", "healthy")));
            });
  }

  @Test
  void without_an_id_no_check_is_read_or_shown() {
    withoutId()
        .withBean(Route53Client.class, pool::route53)
        .run(
            context -> {
              assertThat(context)
                  .hasNotFailed()
                  .doesNotHaveBean(Route53HealthSignal.class)
                  .doesNotHaveBean(HealthCheckClient.class)
                  .doesNotHaveBean(HealthCheckView.class);
              assertThat(health(context).getDetails()).doesNotContainKey("healthCheck");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"twinpool.health-check.enabled=false", "twinpool.enabled=false"})
  void turned_off_no_check_is_read_for_a_failover_of_the_applications_own_either(String property) {
    runner()
        .withPropertyValues(property)
        .withBean(MultiRegionCognito.class, this::cognito)
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(MultiRegionCognito.class)
                    .doesNotHaveBean(Route53HealthSignal.class)
                    .doesNotHaveBean(HealthCheckView.class));
  }

  private MultiRegionCognito cognito() {
    return MultiRegionCognito.builder(UserPool.of("us-east-1_OWN").replicatedTo("us-west-2"))
        .build();
  }

  @Test
  void without_a_failover_there_is_nobody_to_tell() {
    runner()
        .withPropertyValues("twinpool.failover.enabled=false")
        .run(
            context ->
                assertThat(context).hasNotFailed().doesNotHaveBean(Route53HealthSignal.class));
  }

  @Test
  void a_failover_of_the_applications_own_is_told_too() {
    runner()
        .withPropertyValues("twinpool.failover.enabled=false")
        .withBean(MultiRegionCognito.class, this::cognito)
        .run(
            context -> assertThat(context).hasNotFailed().hasSingleBean(Route53HealthSignal.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"io.github.twinpool.operations", "software.amazon.awssdk.services.route53"})
  void without_operations_or_the_sdks_route_53_the_rest_is_there(String missing) {
    withoutClient()
        .withClassLoader(new FilteredClassLoader(missing))
        .run(
            context -> {
              assertThat(context)
                  .hasNotFailed()
                  .hasSingleBean(MultiRegionCognito.class)
                  .doesNotHaveBean("route53HealthSignal");
              assertThat(health(context).getDetails()).doesNotContainKey("healthCheck");
            });
  }

  @Test
  void a_signal_of_the_applications_own_wins_and_is_shown() {
    runner()
        .withUserConfiguration(OwnSignal.class)
        .run(
            context -> {
              assertThat(context)
                  .hasSingleBean(Route53HealthSignal.class)
                  .hasBean("ownSignal")
                  .doesNotHaveBean(HealthCheckClient.class);
              await()
                  .untilAsserted(
                      () ->
                          assertThat(check(context))
                              .isEqualTo(
                                  Map.of(
                                      "says",
                                      "unread",
                                      "problem",
                                      HealthSignalProblem.Kind.NO_SUCH_HEALTH_CHECK)));
            });
  }

  @Test
  void the_check_is_read_where_beans_are_lazy_too() {
    long before = route53.calls("GetHealthCheckStatus");
    runner()
        .withInitializer(
            context ->
                context.addBeanFactoryPostProcessor(
                    new LazyInitializationBeanFactoryPostProcessor()))
        .run(context -> await().until(() -> route53.calls("GetHealthCheckStatus") > before));
  }

  // Who asks Route 53.

  @Test
  void a_client_of_the_applications_own_asks_and_is_not_closed_with_the_signal() {
    runner()
        .run(
            context -> {
              Route53Client own = context.getBean(Route53Client.class);
              HealthCheckClient asking = context.getBean(HealthCheckClient.class);
              assertThat(asking.client()).isSameAs(own);
              asking.close();
              invert(own, false);
            });
  }

  @Test
  void without_a_client_the_only_credentials_sign() {
    Provider credentials = new Provider();
    withoutClient()
        .withSystemProperties(emulatorsAddress())
        .withBean(AwsCredentialsProvider.class, () -> credentials)
        .run(
            context -> {
              await().until(() -> signal(context).healthy().isPresent());
              assertThat(credentials.asked).hasPositiveValue();
            });
  }

  /** Which one would be a guess. A customizer of the application's can say. */
  @Test
  void of_two_clients_neither_asks() {
    Provider credentials = new Provider();
    withoutClient()
        .withSystemProperties(emulatorsAddress())
        .withBean("one", Route53Client.class, pool::route53)
        .withBean("two", Route53Client.class, pool::route53)
        .withBean(AwsCredentialsProvider.class, () -> credentials)
        .run(
            context -> {
              assertThat(context.getBeansOfType(Route53Client.class))
                  .hasSize(2)
                  .doesNotContainValue(context.getBean(HealthCheckClient.class).client());
              await().until(() -> credentials.asked.get() > 0);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1_EXAMPLE, us-west-2, aws-global",
    "cn-north-1_EXAMPLE, cn-northwest-1, aws-cn-global",
    "us-gov-west-1_EXAMPLE, us-gov-east-1, aws-us-gov-global"
  })
  void a_client_that_is_made_asks_in_the_partition_of_the_pool(
      String id, String secondary, String everywhere) {
    withoutClient()
        .withSystemProperties(emulatorsAddress())
        .withBean(AwsCredentialsProvider.class, Provider::new)
        .withPropertyValues(
            "twinpool.user-pool-id=" + id,
            "twinpool.secondary-region=" + secondary,
            "twinpool.allow-unlisted-regions=true")
        .run(
            context ->
                assertThat(
                        context
                            .getBean(HealthCheckClient.class)
                            .client()
                            .serviceClientConfiguration()
                            .region()
                            .id())
                    .isEqualTo(everywhere));
  }

  @ParameterizedTest
  @CsvSource({"true, route53-fips.amazonaws.com", "false, route53.amazonaws.com"})
  void a_client_that_is_made_asks_a_fips_host_if_the_pool_does(boolean fips, String host) {
    UserPool withFips = UserPool.builder("us-east-1_EXAMPLE").fips(fips).build();
    AtomicReference<String> asked = new AtomicReference<>();
    ExecutionInterceptor stopping =
        new ExecutionInterceptor() {
          @Override
          public void beforeTransmission(
              Context.BeforeTransmission context, ExecutionAttributes attributes) {
            asked.set(context.httpRequest().host());
            throw new IllegalStateException("nothing is sent");
          }
        };
    try (HealthCheckClient made = HealthCheckClient.of(null, new Provider(), withFips)) {
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  made.client()
                      .getHealthCheckStatus(
                          it ->
                              it.healthCheckId("any")
                                  .overrideConfiguration(
                                      o ->
                                          o.addPlugin(
                                              to ->
                                                  to.overrideConfiguration(
                                                      c -> c.addExecutionInterceptor(stopping))))))
          .withMessage("nothing is sent");
    }
    assertThat(asked).hasValue(host);
  }

  @Test
  void the_signal_closes_before_the_failover_and_before_the_client_that_was_made_for_it() {
    AtomicReference<Route53Client> made = new AtomicReference<>();
    withoutClient()
        .withSystemProperties(emulatorsAddress())
        .withBean(AwsCredentialsProvider.class, Provider::new)
        .run(
            context -> {
              assertThat(context.getBeanFactory().getDependenciesForBean("route53HealthSignal"))
                  .contains("multiRegionCognito", "twinpoolHealthCheckClient");
              made.set(context.getBean(HealthCheckClient.class).client());
              await().until(() -> signal(context).healthy().isPresent());
            });
    assertThatIllegalStateException().isThrownBy(() -> invert(made.get(), false));
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(it -> it.getName().equals(THREAD)));
  }

  // Who hears of it, and who changes it.

  @Test
  void all_listeners_hear_in_their_order_and_one_that_throws_keeps_nothing_from_the_others() {
    runner()
        .withUserConfiguration(Listeners.class)
        .run(
            context -> {
              List<String> heard = context.getBean(Listeners.class).heard;
              await()
                  .untilAsserted(
                      () -> assertThat(heard).containsExactly("first true", "second true"));
            });
  }

  @Test
  void problems_and_recoveries_reach_all_listeners() {
    List<String> heard = new CopyOnWriteArrayList<>();
    Route53HealthSignalListener listener =
        new Route53HealthSignalListener() {
          @Override
          public void unreadable(HealthSignalProblem problem) {
            heard.add("unreadable " + problem.kind());
          }

          @Override
          public void readable() {
            heard.add("readable");
          }
        };
    route53.deny("GetHealthCheck");
    runner()
        .withPropertyValues("twinpool.health-check.interval=5s")
        .withBean("one", Route53HealthSignalListener.class, () -> listener)
        .withBean("two", Route53HealthSignalListener.class, () -> listener)
        .run(
            context -> {
              await().until(() -> heard.size() == 2);
              route53.deny();
              await()
                  .untilAsserted(
                      () ->
                          assertThat(heard)
                              .containsExactly(
                                  "unreadable DENIED",
                                  "unreadable DENIED",
                                  "readable",
                                  "readable"));
            });
  }

  @Test
  void customizers_come_in_their_order_after_the_properties_and_win() {
    runner()
        .withUserConfiguration(Customizers.class)
        .run(
            context -> {
              Customizers customizers = context.getBean(Customizers.class);
              assertThat(customizers.calls).containsExactly("first", "second");
              await().until(() -> customizers.heard.get() > 0);
            });
  }

  // What it does.

  @Tag("slow")
  @Test
  void an_inverted_check_moves_the_calls_of_an_application_that_follows_it() {
    runner()
        .withPropertyValues(
            "twinpool.health-check.advice=follow",
            "twinpool.health-check.interval=5s",
            "twinpool.failover.probe-interval=500ms",
            "twinpool.failover.suspect-probe-interval=200ms")
        .run(
            context -> {
              MultiRegionCognito cognito = context.getBean(MultiRegionCognito.class);
              await().until(() -> signal(context).healthy().isPresent());
              assertThat(cognito.status().serving()).isEqualTo(RegionRole.PRIMARY);

              invert(context.getBean(Route53Client.class), true);
              await()
                  .atMost(Duration.ofSeconds(20))
                  .until(() -> cognito.status().serving() == RegionRole.SECONDARY);
              assertThat(check(context)).isEqualTo(Map.of("says", "unhealthy"));
              assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"refused", "hang"})
  void while_route_53_is_down_the_application_starts_and_its_calls_work(String what) {
    route53.outage(what.equals("hang") ? Outage.hang() : Outage.refused());
    runner()
        .withPropertyValues("twinpool.health-check.timeout=1s")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(signalIn(context)).isNotNull();
              await()
                  .untilAsserted(
                      () ->
                          assertThat(check(context))
                              .isEqualTo(
                                  Map.of(
                                      "says",
                                      "unread",
                                      "problem",
                                      HealthSignalProblem.Kind.UNREACHABLE)));
              assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            });
  }

  private String signalIn(ApplicationContext context) {
    return context
        .getBean(CognitoIdentityProviderClient.class)
        .initiateAuth(pool.signIn())
        .authenticationResult()
        .accessToken();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GetHealthCheck", "GetHealthCheckStatus"})
  void health_names_the_permission_that_is_missing_and_stays_up(String operation) {
    route53.deny(operation);
    runner()
        .run(
            context -> {
              await()
                  .untilAsserted(
                      () ->
                          assertThat(check(context))
                              .isEqualTo(
                                  Map.of(
                                      "says",
                                      "unread",
                                      "problem",
                                      HealthSignalProblem.Kind.DENIED,
                                      "missingPermission",
                                      "route53:" + operation)));
              assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnSignal {
    @Bean
    Route53HealthSignal ownSignal(MultiRegionCognito cognito, Route53Client client) {
      return Route53HealthSignal.builder(cognito, "no-such-check").client(client).start();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Listeners {
    final List<String> heard = new CopyOnWriteArrayList<>();

    private Route53HealthSignalListener listener(String name) {
      return new Route53HealthSignalListener() {
        @Override
        public void changed(boolean healthy) {
          heard.add(name + " " + healthy);
          throw new IllegalStateException("not today");
        }
      };
    }

    @Bean
    @Order(2)
    Route53HealthSignalListener second() {
      return listener("second");
    }

    @Bean
    @Order(1)
    Route53HealthSignalListener first() {
      return listener("first");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Customizers {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final AtomicInteger heard = new AtomicInteger();

    @Bean
    @Order(2)
    Route53HealthSignalBuilderCustomizer second() {
      return builder -> calls.add("second");
    }

    @Bean
    @Order(1)
    Route53HealthSignalBuilderCustomizer first() {
      return builder -> {
        calls.add("first");
        builder.listener(
            new Route53HealthSignalListener() {
              @Override
              public void changed(boolean healthy) {
                heard.incrementAndGet();
              }
            });
      };
    }
  }

  private static final class Provider implements AwsCredentialsProvider {
    private final AwsCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("emulator", "emulator"));
    final AtomicInteger asked = new AtomicInteger();

    @Override
    public AwsCredentials resolveCredentials() {
      asked.incrementAndGet();
      return credentials.resolveCredentials();
    }
  }
}
