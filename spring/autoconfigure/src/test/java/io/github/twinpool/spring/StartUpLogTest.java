package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.failover.MultiRegionCognito;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
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
          .contains("twinpool.machine", "******", "https://orders.example.com");
      assertThat(web.get("/actuator/env/twinpool.machine.client-secret", null).body())
          .contains("******");
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
}
