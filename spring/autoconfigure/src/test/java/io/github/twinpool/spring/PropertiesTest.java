package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.RegionRole;
import io.github.twinpool.UserPool;
import io.github.twinpool.failover.FailoverPolicy;
import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.spring.TwinpoolProperties.Pool;
import io.github.twinpool.token.TokenValidator;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.mock.env.MockEnvironment;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;

/** What the properties do, and how a wrong one is told. */
class PropertiesTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  TwinpoolAutoConfiguration.class,
                  TwinpoolFailoverAutoConfiguration.class,
                  TwinpoolHealthSignalAutoConfiguration.class,
                  TwinpoolTokenAutoConfiguration.class,
                  TwinpoolMachineAutoConfiguration.class,
                  TwinpoolMachineClientsAutoConfiguration.class,
                  TwinpoolSignInAutoConfiguration.class))
          .withBean(Route53Client.class, PropertiesTest::nobody)
          .withPropertyValues(
              "twinpool.user-pool-id=us-east-1_EXAMPLE",
              "twinpool.secondary-region=us-west-2",
              "twinpool.endpoints.primary=http://127.0.0.1:9",
              "twinpool.endpoints.secondary=http://127.0.0.1:9",
              "twinpool.endpoints.updated-issuer=http://127.0.0.1:9",
              "twinpool.token.preload=none",
              "twinpool.client-ids=app",
              "twinpool.domain=my-app",
              "twinpool.health-check.id=check",
              "twinpool.machine.client-id=machine",
              "twinpool.machine.client-secret=hidden",
              "twinpool.machine.origins=https://orders.example.com",
              "twinpool.sign-in.client-id=app",
              "twinpool.login.client-id=app",
              "twinpool.login.redirect-uri=https://app.example.com/callback");

  /** A value that its builder refuses shows that the property reaches it, by its own name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "twinpool.user-pool-id|EXAMPLE",
        "twinpool.primary-region|us-west-2",
        "twinpool.secondary-region|us-east-1",
        "twinpool.secondary-region|ca-west-1",
        "twinpool.domain|not a host",
        "twinpool.endpoints.primary|http://example.com",
        "twinpool.endpoints.secondary|ftp://127.0.0.1",
        "twinpool.endpoints.updated-issuer|http://example.com",
        "twinpool.client-ids|''",
        "twinpool.any-client|true",
        "twinpool.keys.sources|http://example.com/jwks",
        "twinpool.keys.snapshot-file|/no/such/directory/keys",
        "twinpool.keys.fetch|false",
        "twinpool.failover.attempt-timeout|0s",
        "twinpool.failover.attempt-timeout|20s",
        "twinpool.failover.call-deadline|-1s",
        "twinpool.failover.dwell|0s",
        "twinpool.failover.dwell|20m",
        "twinpool.failover.dwell-cap|0s",
        "twinpool.failover.failback-step|0s",
        "twinpool.failover.probe-interval|0s",
        "twinpool.failover.suspect-probe-interval|0s",
        "twinpool.failover.suspect-probe-interval|10s",
        "twinpool.failover.hedge-after|0s",
        "twinpool.failover.max-concurrent-calls|0",
        "twinpool.failover.max-override|25h",
        "twinpool.token.clock-skew|6m",
        "twinpool.token.max-length|10",
        "twinpool.token.refresh-interval|1s",
        "twinpool.token.removed-key-grace|25h",
        "twinpool.token.outage-max-age|1s",
        "twinpool.token.keys-timeout|1ms",
        "twinpool.token.cache-size|1KB",
        "twinpool.token.retry-after|0s",
        "twinpool.domain|''",
        "twinpool.endpoints.primary-domain|http://example.com",
        "twinpool.endpoints.secondary-domain|ftp://127.0.0.1",
        "twinpool.health-check.id|''",
        "twinpool.health-check.id|not an ID",
        "twinpool.health-check.interval|4s",
        "twinpool.health-check.interval|21s",
        "twinpool.health-check.timeout|0s",
        "twinpool.health-check.timeout|11s",
        "twinpool.machine.client-id|''",
        "twinpool.machine.client-secret|''",
        "twinpool.machine.previous-client-secret|''",
        "twinpool.machine.scopes|\u00fc",
        "twinpool.machine.origins|http://example.com",
        "twinpool.machine.origins|https://example.com/path",
        "twinpool.machine.refresh-ahead|0s",
        "twinpool.machine.request-timeout|61s",
        "twinpool.sign-in.client-id|''",
        "twinpool.sign-in.client-secret|''",
        "twinpool.sign-in.session-validity|1m",
        "twinpool.sign-in.refresh-ahead|0s",
        "twinpool.sign-in.step-keys|c2hvcnQ=",
        "twinpool.sign-in.step-keys|no base64?",
        "twinpool.login.client-id|''",
        "twinpool.login.client-secret|''",
        "twinpool.login.redirect-uri|http://example.com",
        "twinpool.login.logout-uri|http://example.com",
        "twinpool.login.scopes|email",
        "twinpool.login.return-origins|https://example.com/path",
        "twinpool.login.state-keys|c2hvcnQ=",
        "twinpool.login.login-validity|2h",
        "twinpool.login.refresh-ahead|0s",
        "twinpool.login.request-timeout|61s",
        "twinpool.additional-pools.partners.user-pool-id|EXAMPLE",
        "twinpool.additional-pools.partners.client-ids|app",
      })
  void a_wrong_value_fails_the_start_and_the_analysis_names_the_property(
      String property, String value) {
    runner
        .withPropertyValues(property + "=" + value)
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis =
                  new InvalidTwinpoolPropertyFailureAnalyzer(new StandardEnvironment())
                      .analyze(context.getStartupFailure());
              assertThat(analysis).as("analysis").isNotNull();
              String name =
                  switch (property) {
                    case "twinpool.any-client" -> "twinpool.client-ids";
                    case "twinpool.additional-pools.partners.client-ids" ->
                        "twinpool.additional-pools.partners.user-pool-id";
                    default -> property;
                  };
              assertThat(analysis.getDescription()).contains(name);
              assertThat(analysis.getAction()).contains(name);
              if (property.contains("-secret") || property.contains("-keys")) {
                assertThat(context.getStartupFailure())
                    .satisfies(
                        it ->
                            assertThat(trace(it))
                                .doesNotContain(value.isEmpty() ? "hidden" : value));
              }
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "twinpool.failover.dwell|soon",
        "twinpool.failover.observe-only|perhaps",
        "twinpool.failover.refresh-rotation|perhaps",
        "twinpool.health-check.advice|perhaps",
        "twinpool.token.use|refresh",
        "twinpool.token.preload|later",
        "twinpool.token.corretto-crypto|perhaps",
        "twinpool.issuer|new",
        "twinpool.accept-secondary-issuer|perhaps",
        "twinpool.allow-unlisted-regions|perhaps",
        "twinpool.keys.secondary-source|perhaps",
      })
  void a_value_of_the_wrong_type_fails_the_start_as_in_all_of_boot(String property, String value) {
    runner
        .withPropertyValues(property + "=" + value)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .satisfies(
                        root ->
                            assertThat(context.getStartupFailure())
                                .hasStackTraceContaining(property))
                    .satisfies(
                        root ->
                            assertThat(context.getStartupFailure())
                                .hasStackTraceContaining(BindException.class.getName())));
  }

  @Test
  void without_a_pool_the_analysis_says_what_to_set() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(TwinpoolAutoConfiguration.class))
        .run(
            context ->
                assertThat(
                        new InvalidTwinpoolPropertyFailureAnalyzer(new StandardEnvironment())
                            .analyze(context.getStartupFailure())
                            .getDescription())
                    .contains("twinpool.user-pool-id", "twinpool.enabled=false"));
  }

  @Test
  void the_analysis_says_where_the_property_was_set() {
    MockEnvironment environment = new MockEnvironment();
    environment.getPropertySources().addFirst(new SetInAFile("twinpool.failover.dwell", "0s"));
    FailureAnalysis analysis =
        new InvalidTwinpoolPropertyFailureAnalyzer(environment)
            .analyze(
                new InvalidTwinpoolPropertyException(
                    "twinpool.failover.dwell", "wants more", null));
    assertThat(analysis.getDescription()).contains("Origin: application.yaml, line 7");
  }

  @Test
  void the_pool_is_what_the_properties_say() {
    runner
        .withPropertyValues("twinpool.primary-region=us-east-1", "twinpool.domain=my-app")
        .run(
            context -> {
              UserPool pool = context.getBean(UserPool.class);
              assertThat(pool.secondaryRegion()).hasValue("us-west-2");
              assertThat(pool.domain(RegionRole.PRIMARY)).isPresent();
            });
    runner
        .withPropertyValues(
            "twinpool.secondary-region=ca-west-1", "twinpool.allow-unlisted-regions=true")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void the_defaults_are_those_of_the_library() {
    runner.run(
        context -> {
          TwinpoolFailoverProperties failover = context.getBean(TwinpoolFailoverProperties.class);
          FailoverPolicy policy = FailoverPolicy.defaults();
          assertThat(failover.attemptTimeout()).isEqualTo(policy.attemptTimeout());
          assertThat(failover.callDeadline()).isEqualTo(policy.callDeadline());
          assertThat(failover.dwell()).isEqualTo(policy.dwell());
          assertThat(failover.dwellCap()).isEqualTo(policy.dwellCap());
          assertThat(failover.failbackStep()).isEqualTo(policy.failbackStep());
          assertThat(failover.probeInterval()).isEqualTo(policy.probeInterval());
          assertThat(failover.suspectProbeInterval()).isEqualTo(policy.suspectProbeInterval());
          assertThat(failover.hedgeAfter()).isNull();
          assertThat(failover.observeOnly()).isEqualTo(policy.observeOnly());
        });
  }

  @Test
  void additional_pools_are_validated_with_options_of_their_own() {
    runner
        .withPropertyValues(
            "twinpool.additional-pools.partners.user-pool-id=eu-west-1_PARTNERS",
            "twinpool.additional-pools.partners.secondary-region=eu-central-1",
            "twinpool.additional-pools.partners.any-client=true",
            "twinpool.additional-pools.partners.endpoints.primary=http://127.0.0.1:9")
        .run(
            context -> {
              assertThat(context).hasNotFailed().hasSingleBean(MultiRegionCognito.class);
              Map<String, Pool> pools = context.getBean(TwinpoolProperties.class).additionalPools();
              assertThat(pools).containsOnlyKeys("partners");
              assertThat(context.getBean(TokenValidator.class).status().pools())
                  .extracting(it -> it.id())
                  .containsExactly("us-east-1_EXAMPLE", "eu-west-1_PARTNERS");
            });
  }

  @Test
  void every_property_has_a_description_in_the_metadata() throws IOException {
    try (InputStream in =
        getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      String metadata = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String properties = metadata.substring(metadata.indexOf("\"properties\""));
      long names = properties.split("\"name\": \"twinpool\\.", -1).length - 1L;
      long described = properties.split("\"description\": \"", -1).length - 1L;
      assertThat(names).isGreaterThan(40);
      assertThat(described).isGreaterThanOrEqualTo(names);
    }
  }

  /** A Route 53 where nothing answers. */
  private static Route53Client nobody() {
    return Route53Client.builder()
        .region(Region.AWS_GLOBAL)
        .endpointOverride(URI.create("http://127.0.0.1:9"))
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .build();
  }

  private static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  /** A property source that knows its origins, as that of a file does. */
  private static final class SetInAFile extends MapPropertySource implements OriginLookup<String> {
    SetInAFile(String property, String value) {
      super("file", Map.of(property, value));
    }

    @Override
    public Origin getOrigin(String key) {
      return new Origin() {
        @Override
        public String toString() {
          return "application.yaml, line 7";
        }
      };
    }
  }

  /** Of two that contradict each other, one is a default that the application never named. */
  @ParameterizedTest
  @CsvSource({
    "twinpool.failover.call-deadline=1s,twinpool.failover.call-deadline",
    "twinpool.failover.attempt-timeout=20s,twinpool.failover.attempt-timeout",
    "twinpool.failover.dwell-cap=10s,twinpool.failover.dwell-cap",
    "twinpool.failover.probe-interval=100ms,twinpool.failover.probe-interval",
    "twinpool.secondary-region=ca-west-1,twinpool.allow-unlisted-regions=true",
    "twinpool.failover.max-concurrent-calls=0,twinpool.failover.max-concurrent-calls",
    "twinpool.token.max-length=10,twinpool.token.max-length",
    "twinpool.token.cache-size=1KB,twinpool.token.cache-size",
  })
  void the_property_that_was_set_is_to_blame_and_no_builder_is_named(
      String property, String blamed) {
    Environment[] environment = new Environment[1];
    runner
        .withInitializer(context -> environment[0] = context.getEnvironment())
        .withPropertyValues(property)
        .run(
            context -> {
              FailureAnalysis analysis =
                  new InvalidTwinpoolPropertyFailureAnalyzer(environment[0])
                      .analyze(context.getStartupFailure());
              assertThat(analysis.getAction()).contains(property.replaceFirst("=.*", ""));
              assertThat(analysis.getDescription())
                  .contains(blamed)
                  .doesNotContainPattern("\\b[a-z]+[A-Z][a-z]+(Timeout|Deadline|Cap|Interval)?\\b");
            });
  }

  @Test
  void a_pool_that_is_left_without_keys_is_named_as_the_application_names_it() {
    runner
        .withPropertyValues(
            "twinpool.additional-pools.partners.user-pool-id=eu-west-1_PARTNERS",
            "twinpool.additional-pools.partners.client-ids=partner",
            "twinpool.additional-pools.partners.keys.fetch=false")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("twinpool.additional-pools.partners.keys.fetch"));
    runner
        .withPropertyValues(
            "twinpool.additional-pools.partners.user-pool-id=us-east-1_EXAMPLE",
            "twinpool.additional-pools.partners.client-ids=partner")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("twinpool.additional-pools: "));
  }
}
