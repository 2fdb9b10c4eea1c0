package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twinpool.failover.MultiRegionCognito;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** What the log says of a start. */
@Isolated("looks at the log of the whole process, which each starting application makes anew")
@ExtendWith(OutputCaptureExtension.class)
class StartUpLogTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurationTest.ALL)
          .withPropertyValues(AutoConfigurationTest.POOL);

  @Test
  void a_client_of_the_applications_own_wins_and_log_and_health_say_that_it_is_not_routed(
      CapturedOutput output) {
    runner
        .withUserConfiguration(AutoConfigurationTest.OwnClient.class)
        .run(
            context -> {
              assertThat(context).hasSingleBean(CognitoIdentityProviderClient.class);
              assertThat(context).hasBean("ownClient").hasSingleBean(MultiRegionCognito.class);
              assertThat(context.getBean(UnroutedClients.class).names())
                  .containsExactly("ownClient");
              HealthIndicator health =
                  context.getBean("twinpoolHealthIndicator", HealthIndicator.class);
              assertThat(health.health().getDetails())
                  .containsEntry("notRouted", List.of("ownClient"));
              assertThat(output.getAll().lines().filter(it -> it.contains("[ownClient]")))
                  .singleElement()
                  .asString()
                  .contains("WARN", "not routed");
            });
    runner.run(
        context ->
            assertThat(
                    context
                        .getBean("twinpoolHealthIndicator", HealthIndicator.class)
                        .health()
                        .getDetails())
                .doesNotContainKey("notRouted"));
  }

  @Test
  void no_secret_is_shown_by_the_actuator_or_the_log_whatever_they_are_told(CapturedOutput output) {
    String[] properties =
        Stream.concat(
                Stream.of(OAuthBeansTest.EVERYTHING),
                Stream.of(
                    "management.endpoints.web.exposure.include=*",
                    "management.endpoint.env.show-values=always",
                    "management.endpoint.configprops.show-values=always",
                    "logging.level.io.github.twinpool=trace",
                    "debug=true"))
            .toArray(String[]::new);
    try (TestPool pool = new TestPool();
        Web web =
            Web.start(WebApplicationType.SERVLET, pool, OAuthBeansTest.OpenApp.class, properties)) {
      for (String endpoint : List.of("configprops", "env", "beans", "conditions", "metrics")) {
        String shown = web.get("/actuator/" + endpoint, null).body();
        assertThat(shown).as(endpoint).doesNotContain("hidden-", OAuthBeansTest.KEY);
      }
      assertThat(web.get("/actuator/configprops", null).body())
          .contains("twinpool.machine", "******", "https://orders.example.com")
          .contains("https://127.0.0.1:9/a?******");
      assertThat(web.get("/actuator/env/twinpool.machine.client-secret", null).body())
          .contains("******");
      assertThat(web.context().getBean(TwinpoolProperties.class).toString())
          .contains(pool.emulator().userPool().id())
          .doesNotContain("hidden-");
      assertThat(web.context().getBean(TwinpoolMachineProperties.class).toString())
          .isEqualTo("TwinpoolMachineProperties[machine]");
      assertThat(web.context().getBean(TwinpoolSignInProperties.class).toString())
          .isEqualTo("TwinpoolSignInProperties[app]");
      assertThat(web.context().getBean(TwinpoolLoginProperties.class).toString())
          .isEqualTo("TwinpoolLoginProperties[app]");
    }
    assertThat(output.getAll())
        .contains("Tomcat started", "CONDITIONS EVALUATION REPORT")
        .doesNotContain("hidden-", OAuthBeansTest.KEY);
  }

  /** Boot shows the whole value of a property that it cannot bind. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "twinpool.keys.sources[0]=https://[mirror/keys?sig=hidden-1",
        "twinpool.keys.sources=https://[mirror/keys?sig=hidden-1,https://b.example.com/?sig=hidden-1",
        "twinpool.keys.sources=http://mirror.example.com/keys?sig=hidden-1",
        "twinpool.keys.sources=https://user:hidden-1@mirror.example.com/keys",
        "twinpool.additional-pools.partners.keys.sources=https://[mirror/?sig=hidden-1",
        "twinpool.endpoints.primary=https://user:hidden-1@example.com",
        "twinpool.endpoints.primary=https://example.com/?token=hidden-1",
        "twinpool.endpoints.primary=https://user:hidden-1@[example",
        "twinpool.login.redirect-uri=https://user:hidden-1@example.com/",
      })
  void a_start_that_fails_at_an_address_shows_no_secret_of_it(
      String property, CapturedOutput output) {
    SpringApplication app = new SpringApplication(PlainApp.class);
    app.setWebApplicationType(WebApplicationType.NONE);
    List<String> arguments = new ArrayList<>();
    for (String each : AutoConfigurationTest.POOL) {
      if (!each.startsWith(property.split("=", 2)[0])) { // Twice would be a list.
        arguments.add("--" + each);
      }
    }
    arguments.add("--twinpool.additional-pools.partners.user-pool-id=eu-west-1_PARTNERS");
    arguments.add("--twinpool.additional-pools.partners.client-ids=partner");
    arguments.add("--twinpool.domain=my-app");
    arguments.add("--twinpool.login.client-id=app");
    arguments.add("--" + property);
    assertThatThrownBy(() -> app.run(arguments.toArray(new String[0]))).isNotNull();
    assertThat(output.getAll())
        .contains("APPLICATION FAILED TO START", property.replaceFirst("[=\\[].*", ""))
        .doesNotContain("hidden-1");
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class PlainApp {}

  @Test
  void properties_of_boots_decoders_that_do_nothing_are_named_with_ours(CapturedOutput output) {
    String boots = "spring.security.oauth2.resourceserver.jwt.";
    ApplicationContextRunner configured =
        runner.withPropertyValues(
            boots + "issuer-uri=https://issuer.example.com",
            boots + "jwk-set-uri=https://issuer.example.com/keys",
            boots + "public-key-location=classpath:key.pub",
            boots + "jws-algorithms=RS512");
    configured
        .withBean(JwtDecoder.class, () -> token -> null)
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(output.getAll()).as("an own decoder").doesNotContain("does nothing");
    configured.run(context -> assertThat(context).hasNotFailed());
    assertThat(output.getAll().lines().filter(it -> it.contains("does nothing")))
        .hasSize(4)
        .allSatisfy(it -> assertThat(it).contains("WARN", boots))
        .anySatisfy(it -> assertThat(it).contains("issuer-uri", "twinpool.user-pool-id"))
        .anySatisfy(it -> assertThat(it).contains("jwk-set-uri", "twinpool.keys.sources"))
        .anySatisfy(it -> assertThat(it).contains("public-key-location", "twinpool.keys.files"))
        .anySatisfy(it -> assertThat(it).contains("jws-algorithms", "RS256"));
  }

  @Test
  void each_start_says_in_one_line_which_pool_it_is_and_whether_calls_fail_over(
      CapturedOutput output) {
    int before = lines(output).size();
    runner.run(context -> assertThat(context).hasNotFailed());
    assertThat(lines(output)).hasSize(before + 1);
    assertThat(last(output))
        .contains(
            "INFO",
            "pool us-east-1_EXAMPLE, primary us-east-1, secondary us-west-2",
            "Calls: failover on",
            "Signals: none",
            "Tokens: validated");

    runner
        .withPropertyValues("twinpool.failover.observe-only=true")
        .run(context -> assertThat(last(output)).contains("Calls: observe only"));
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurationTest.ALL)
        .withPropertyValues(
            "twinpool.user-pool-id=us-east-1_EXAMPLE",
            "twinpool.endpoints.primary=http://127.0.0.1:9",
            "twinpool.endpoints.updated-issuer=http://127.0.0.1:9",
            "twinpool.client-ids=app")
        .run(context -> assertThat(last(output)).contains("no secondary", "one Region only"));
    runner
        .withPropertyValues("twinpool.failover.enabled=false", "twinpool.token.enabled=false")
        .run(
            context ->
                assertThat(last(output))
                    .contains("not routed", "twinpool.failover.enabled", "Tokens: not validated"));
    runner
        .withClassLoader(new FilteredClassLoader("io.github.twinpool.failover"))
        .run(context -> assertThat(last(output)).contains("twinpool-failover is not on the class"));
    runner
        .withPropertyValues("twinpool.health-check.id=01234567-89ab-cdef-0123-456789abcdef")
        .withBean(AwsCredentialsProvider.class, AnonymousCredentialsProvider::create)
        .run(context -> assertThat(last(output)).contains("Signals: Route 53 health check"));
    assertThat(lines(output)).hasSize(before + 6);
  }

  @Test
  void a_misspelt_key_in_a_file_fails_the_start_with_its_line(
      @TempDir Path directory, CapturedOutput output) throws IOException {
    Path file = directory.resolve("application.properties");
    Files.writeString(
        file, "twinpool.user-pool-id=us-east-1_EXAMPLE\ntwinpool.secondry-region=us-west-2\n");
    SpringApplication app = new SpringApplication(PlainApp.class);
    app.setWebApplicationType(WebApplicationType.NONE);
    assertThatThrownBy(() -> app.run("--spring.config.location=" + file.toUri())).isNotNull();
    assertThat(output.getAll())
        .contains("APPLICATION FAILED TO START", "Did you mean twinpool.secondary-region?")
        .containsPattern("Origin: .*application.properties.* - 2:");
  }

  @Test
  void an_unknown_variable_is_a_warning(CapturedOutput output) {
    runner
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addLast(
                        new SystemEnvironmentPropertySource(
                            "test-systemEnvironment",
                            Map.of("TWINPOOL_SECONDRY_REGION", "hidden-1"))))
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(output.getAll().lines().filter(it -> it.contains("Nothing reads")))
        .singleElement()
        .asString()
        .contains("WARN", "twinpool.secondry.region")
        .doesNotContain("hidden-1");
  }

  private static List<String> lines(CapturedOutput output) {
    return output.getAll().lines().filter(it -> it.contains("StartReport")).toList();
  }

  private static String last(CapturedOutput output) {
    List<String> lines = lines(output);
    return lines.get(lines.size() - 1);
  }
}
