package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twinpool.failover.MultiRegionCognito;
import io.github.twinpool.token.TokenValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** What an application gets with this starter and nothing else. */
class StarterTest {
  @Test
  void an_application_with_nothing_else_starts_while_no_region_answers() {
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(App.class)
            .web(WebApplicationType.NONE)
            .run(
                "--twinpool.user-pool-id=us-east-1_EXAMPLE",
                "--twinpool.secondary-region=us-west-2",
                "--twinpool.endpoints.primary=http://127.0.0.1:9",
                "--twinpool.endpoints.secondary=http://127.0.0.1:9",
                "--twinpool.endpoints.updated-issuer=http://127.0.0.1:9",
                "--twinpool.client-ids=app")) {
      assertThat(context.getBean(CognitoIdentityProviderClient.class)).isNotNull();
      assertThat(context.getBean(MultiRegionCognito.class).status()).isNotNull();
      assertThat(context.getBean(TokenValidator.class).isReady()).isFalse();
    }
  }

  @Test
  void no_emulator_no_wiremock_no_web_server_and_no_spring_security_come_with_it()
      throws IOException {
    List<String> dependencies =
        Files.readAllLines(Path.of("target", "runtime-dependencies.txt")).stream()
            .map(String::strip)
            .filter(line -> line.contains(":jar:"))
            .toList();
    assertThat(dependencies)
        .as("the list itself")
        .anyMatch(it -> it.startsWith("software.amazon.awssdk:cognitoidentityprovider:"))
        .anyMatch(it -> it.startsWith("io.github.twinpool:twinpool-failover:"))
        .anyMatch(it -> it.startsWith("io.github.twinpool:twinpool-servlet-filter:"));
    assertThat(dependencies)
        .noneMatch(
            it -> it.contains("twinpool-emulator") || it.contains("twinpool-spring-boot-test"))
        .noneMatch(it -> it.contains("wiremock"))
        .noneMatch(it -> it.contains("springframework.security") || it.contains("servlet-api"))
        .noneMatch(it -> it.contains("tomcat") || it.contains("junit") || it.contains("assertj"));
  }

  @EnableAutoConfiguration
  static class App {}
}
