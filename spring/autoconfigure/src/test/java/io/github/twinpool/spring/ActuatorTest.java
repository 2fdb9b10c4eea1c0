package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.security.config.Customizer.withDefaults;

import io.github.twinpool.RegionRole;
import io.github.twinpool.emulator.Outage;
import io.github.twinpool.failover.FailoverMode;
import io.github.twinpool.failover.MultiRegionCognito;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jmx.JmxEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.jmx.JmxEndpointsSupplier;
import org.springframework.boot.actuate.endpoint.jmx.JmxOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.actuate.endpoint.web.WebOperation;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderAsyncClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;

/** What actuators show of an application with everything, over HTTP and through an outage. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActuatorTest {
  private static final String FLAG = "twinpool.failover.override-endpoint=true";
  private static final String[] ACTUATOR = {
    "management.endpoints.web.exposure.include=*",
    "management.endpoint.health.show-details=always",
    "management.health.diskspace.enabled=false",
    "twinpool.token.keys-timeout=500ms",
  };

  private TestPool pool;

  @BeforeAll
  void start() {
    pool = new TestPool();
  }

  @AfterAll
  void stop() {
    pool.close();
  }

  @Test
  void an_outage_of_the_primary_is_seen_in_health_events_and_meters_and_fails_nobody() {
    try (Web web = Web.start(WebApplicationType.SERVLET, pool, App.class, ACTUATOR)) {
      CognitoIdentityProviderClient client =
          web.context().getBean(CognitoIdentityProviderClient.class);
      CognitoIdentityProviderAsyncClient async =
          web.context().getBean(CognitoIdentityProviderAsyncClient.class);
      MultiRegionCognito cognito = web.context().getBean(MultiRegionCognito.class);
      App app = web.context().getBean(App.class);
      String token = client.initiateAuth(pool.signIn()).authenticationResult().accessToken();
      async.initiateAuth(pool.signIn()).join();
      assertThat(web.get("/actuator/twinpool", token).statusCode()).isEqualTo(200);
      Awaitility.await()
          .untilAsserted(
              () -> assertThat(web.get("/actuator/health", null).statusCode()).isEqualTo(200));

      pool.emulator().region(RegionRole.PRIMARY).outage(Outage.internalErrors());
      try {
        Awaitility.await()
            .until(
                () -> {
                  client.initiateAuth(pool.signIn());
                  return cognito.status().mode() == FailoverMode.SECONDARY;
                });
        HttpResponse<String> health = web.get("/actuator/health", null);
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body())
            .contains("\"mode\":\"SECONDARY\"", "\"us-east-1\"", "\"us-west-2\"", "\"DOWN\"");
        assertThat(web.get("/actuator/twinpool", null).body()).contains("\"SIGN_UP\":false");
        Awaitility.await()
            .untilAsserted(
                () ->
                    assertThat(app.transitions)
                        .extracting(it -> it.transition().to())
                        .contains(FailoverMode.SECONDARY));

        pool.emulator().region(RegionRole.SECONDARY).outage(Outage.internalErrors());
        Awaitility.await()
            .untilAsserted(
                () -> {
                  HttpResponse<String> both = web.get("/actuator/health", null);
                  assertThat(both.statusCode()).isEqualTo(503);
                  assertThat(both.body()).contains("OUT_OF_SERVICE");
                });
      } finally {
        pool.outage(Outage.none());
      }

      MeterRegistry meters = web.context().getBean(MeterRegistry.class);
      assertThat(meters.get("twinpool.attempts").tag("outcome", "REGIONAL_FAILURE").timer().count())
          .isPositive();
      assertThat(meters.get("twinpool.attempts").tag("operation", "InitiateAuth").timers())
          .isNotEmpty();
      assertThat(meters.get("twinpool.transitions").tag("to", "SECONDARY").counter().count())
          .isEqualTo(1);
      assertThat(
              meters
                  .get("twinpool.calls")
                  .tag("operation", "InitiateAuth")
                  .tag("outcome", "SUCCESS")
                  .timer()
                  .count())
          .isGreaterThanOrEqualTo(3);
      assertThat(meters.get("twinpool.mode").gauges()).hasSize(4);
      assertThat(meters.get("twinpool.region.health").gauges()).hasSize(8);
      assertThat(meters.get("twinpool.probes").counters()).isNotEmpty();
      assertThat(meters.get("twinpool.moves").counters()).isNotEmpty();
      assertThat(meters.get("twinpool.revocations.lost").counter().count()).isZero();
      assertThat(
              meters
                  .get("twinpool.token.key.fetches")
                  .tag("outcome", "SUCCESS")
                  .functionCounter()
                  .count())
          .isPositive();
      assertThat(meters.get("twinpool.token.key.age").timeGauge().value()).isNotNaN();
    }
  }

  @Test
  void validations_are_counted_by_code_and_nothing_of_a_token_is_in_a_tag() {
    try (Web web = Web.start(WebApplicationType.SERVLET, pool, App.class, ACTUATOR)) {
      String token = pool.tokens().accessToken();
      for (int i = 0; i < 2; i++) {
        assertThat(web.get("/nothing-here", token).statusCode()).isEqualTo(404);
      }
      assertThat(web.get("/nothing-here", "a.b.c").statusCode()).isEqualTo(401);

      MeterRegistry meters = web.context().getBean(MeterRegistry.class);
      assertThat(meters.get("twinpool.token.validations").tag("code", "OK").timer().count())
          .isEqualTo(2);
      assertThat(
              meters
                  .get("twinpool.token.rejections")
                  .tag("code", "BAD_BASE64")
                  .functionCounter()
                  .count())
          .isEqualTo(1);
      assertThat(
              meters
                  .get("twinpool.token.cache.gets")
                  .tag("result", "hit")
                  .functionCounter()
                  .count())
          .isPositive();
      assertThat(meters.getMeters())
          .filteredOn(it -> it.getId().getName().startsWith("twinpool"))
          .flatExtracting(it -> it.getId().getTags())
          .extracting(Tag::getValue)
          .allSatisfy(value -> assertThat(value).hasSizeLessThan(40).doesNotContain("ada"));
    }
  }

  @Test
  void a_refused_password_is_an_answer_and_reaches_the_caller_unchanged() {
    try (Web web = Web.start(WebApplicationType.SERVLET, pool, App.class, ACTUATOR)) {
      CognitoIdentityProviderClient client =
          web.context().getBean(CognitoIdentityProviderClient.class);
      assertThatExceptionOfType(NotAuthorizedException.class)
          .isThrownBy(
              () ->
                  client.initiateAuth(
                      it ->
                          it.clientId(pool.emulator().clientId())
                              .authFlow("USER_PASSWORD_AUTH")
                              .authParameters(
                                  Map.of("USERNAME", TestPool.USER, "PASSWORD", "wrong"))));
      MeterRegistry meters = web.context().getBean(MeterRegistry.class);
      assertThat(meters.get("twinpool.calls").tag("outcome", "REFUSED").timer().count())
          .isEqualTo(1);
    }
  }

  /** Each of them opens what an endpoint of another kind may write. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "management.endpoints.web.exposure.include=twinpool",
        "management.endpoint.twinpool.access=unrestricted",
        "management.endpoints.access.default=unrestricted",
        "management.endpoint.twinpool.enabled=true",
        "management.endpoints.enabled-by-default=true",
        "twinpool.failover.max-override=24h",
        "twinpool.failover.override-endpoint=${nothing:false}",
        "management.endpoint.twinpool.access=UNRESTRICTED",
        "management.endpoints.access.max-permitted=unrestricted",
        "management.endpoints.jmx.exposure.include=*",
        "override-endpoint=true",
        "failover.override-endpoint=true"
      })
  void no_property_of_the_actuators_alone_opens_overrides(String property) {
    endpoint(property)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              for (OperationType type : List.of(OperationType.WRITE, OperationType.DELETE)) {
                Optional<WebOperation> operation = operation(context, type);
                if (operation.isPresent()) {
                  assertThatExceptionOfType(InvalidEndpointRequestException.class)
                      .isThrownBy(() -> operation.get().invoke(asked()))
                      .satisfies(
                          it ->
                              assertThat(it.getReason())
                                  .contains("twinpool.failover.override-endpoint"));
                }
              }
              assertThat(operation(context, OperationType.READ)).isPresent();
              assertThat(context.getBean(MultiRegionCognito.class).status().mode())
                  .isEqualTo(FailoverMode.PRIMARY);
            });
  }

  /** Whoever reaches the bean by another way than HTTP meets the same flag. */
  @Test
  void the_endpoint_of_jmx_is_no_way_round_the_flag() {
    endpoint(
            "spring.jmx.enabled=true",
            "management.endpoints.jmx.exposure.include=*",
            "management.endpoint.twinpool.access=unrestricted")
        .withConfiguration(
            AutoConfigurations.of(JmxAutoConfiguration.class, JmxEndpointAutoConfiguration.class))
        .run(
            context -> {
              List<JmxOperation> operations =
                  context.getBean(JmxEndpointsSupplier.class).getEndpoints().stream()
                      .filter(it -> it.getEndpointId().toString().equals("twinpool"))
                      .flatMap(it -> it.getOperations().stream())
                      .filter(it -> it.getType() != OperationType.READ)
                      .toList();
              assertThat(operations).hasSize(2);
              for (JmxOperation operation : operations) {
                assertThatExceptionOfType(InvalidEndpointRequestException.class)
                    .isThrownBy(() -> operation.invoke(asked()));
              }
              assertThat(context.getBean(MultiRegionCognito.class).status().mode())
                  .isEqualTo(FailoverMode.PRIMARY);
            });
  }

  @Test
  void a_flag_that_is_neither_set_nor_unset_keeps_the_application_from_starting() {
    for (String value : List.of("", "maybe", "2", "true,true")) {
      endpoint("twinpool.failover.override-endpoint=" + value)
          .run(context -> assertThat(context).as(value).hasFailed());
    }
  }

  /** On purpose, in each form that Boot binds. */
  @ParameterizedTest
  @ValueSource(
      strings = {"TWINPOOL_FAILOVER_OVERRIDEENDPOINT", "TWINPOOL_FAILOVER_OVERRIDE_ENDPOINT"})
  void the_flag_can_come_from_the_environment(String variable) {
    endpoint("management.endpoint.twinpool.access=unrestricted")
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addLast(
                        new SystemEnvironmentPropertySource(
                            "test-systemEnvironment", Map.of(variable, "true"))))
        .run(
            context ->
                assertThat(operation(context, OperationType.WRITE).orElseThrow().invoke(asked()))
                    .isNotNull());
  }

  @Test
  void the_flag_alone_does_not_open_overrides() {
    endpoint(FLAG).run(context -> assertThat(operation(context, OperationType.WRITE)).isEmpty());
    endpoint(
            FLAG,
            "management.endpoint.twinpool.access=unrestricted",
            "management.endpoints.access.max-permitted=read-only")
        .run(context -> assertThat(operation(context, OperationType.WRITE)).isEmpty());
    endpoint(FLAG, "management.endpoint.twinpool.access=unrestricted")
        .run(context -> assertThat(operation(context, OperationType.WRITE)).isPresent());
  }

  private static WebApplicationContextRunner endpoint(String... properties) {
    return new WebApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                TwinpoolAutoConfiguration.class,
                TwinpoolFailoverAutoConfiguration.class,
                TwinpoolEndpointAutoConfiguration.class,
                EndpointAutoConfiguration.class,
                WebEndpointAutoConfiguration.class))
        .withPropertyValues(AutoConfigurationTest.POOL)
        .withPropertyValues("management.endpoints.web.exposure.include=*")
        // As every SpringApplication does: enums in lower case.
        .withInitializer(
            it -> it.getEnvironment().setConversionService(new ApplicationConversionService()))
        .withPropertyValues(properties);
  }

  private static Optional<WebOperation> operation(ApplicationContext context, OperationType type) {
    return context.getBean(WebEndpointsSupplier.class).getEndpoints().stream()
        .filter(it -> it.getEndpointId().toString().equals("twinpool"))
        .flatMap(it -> it.getOperations().stream())
        .filter(it -> it.getType() == type)
        .findFirst();
  }

  private static InvocationContext asked() {
    return new InvocationContext(
        SecurityContext.NONE, Map.of("role", RegionRole.SECONDARY, "duration", "PT1M"));
  }

  @Test
  void a_granted_override_holds_until_it_is_ended_and_both_are_audited() {
    try (Web web =
        Web.start(
            WebApplicationType.SERVLET,
            pool,
            App.class,
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.twinpool.access=unrestricted",
            FLAG,
            "twinpool.failover.max-override=10m")) {
      MultiRegionCognito cognito = web.context().getBean(MultiRegionCognito.class);
      assertThat(web.send("POST", "/actuator/twinpool", null, override("PT11M")).statusCode())
          .isEqualTo(400);
      assertThat(web.send("POST", "/actuator/twinpool", null, override("PT0S")).statusCode())
          .isEqualTo(400);
      assertThat(
              web.send("POST", "/actuator/twinpool", null, "{\"role\":\"SECONDARY\"}").statusCode())
          .isEqualTo(400);
      assertThat(cognito.status().mode()).isEqualTo(FailoverMode.PRIMARY);

      assertThat(web.send("POST", "/actuator/twinpool", null, override("5m")).statusCode())
          .isEqualTo(200);
      assertThat(cognito.status().mode()).isEqualTo(FailoverMode.OVERRIDE);
      assertThat(cognito.status().serving()).isEqualTo(RegionRole.SECONDARY);

      assertThat(web.send("DELETE", "/actuator/twinpool", null, null).statusCode()).isEqualTo(200);
      assertThat(cognito.status().mode()).isNotEqualTo(FailoverMode.OVERRIDE);
      assertThat(web.context().getBean(InMemoryAuditEventRepository.class).find(null, null, null))
          .extracting(AuditEvent::getType)
          .containsSubsequence("TWINPOOL_OVERRIDE", "TWINPOOL_OVERRIDE_END");
    }
  }

  private static String override(String duration) {
    return "{\"role\":\"SECONDARY\",\"duration\":\"" + duration + "\",\"strict\":true}";
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class App {
    final List<TwinpoolTransitionEvent> transitions = new CopyOnWriteArrayList<>();

    @EventListener
    void on(TwinpoolTransitionEvent event) {
      transitions.add(event);
    }

    @Bean
    InMemoryAuditEventRepository audit() {
      return new InMemoryAuditEventRepository();
    }

    @Bean
    SimpleMeterRegistry meters() {
      return new SimpleMeterRegistry();
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.csrf(it -> it.disable())
          .authorizeHttpRequests(it -> it.anyRequest().permitAll())
          .oauth2ResourceServer(it -> it.jwt(withDefaults()))
          .build();
    }
  }
}
