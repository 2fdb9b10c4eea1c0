package io.github.twinpool.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** What a resource server gets with this starter and nothing else. */
class ResourceServerStarterTest {
  @Test
  void an_application_with_nothing_else_starts_while_no_region_answers() {
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(App.class)
            .web(WebApplicationType.NONE)
            .run(
                "--twinpool.user-pool-id=us-east-1_EXAMPLE",
                "--twinpool.endpoints.primary=http://127.0.0.1:9",
                "--twinpool.endpoints.updated-issuer=http://127.0.0.1:9",
                "--twinpool.token.keys-timeout=200ms",
                "--twinpool.client-ids=app")) {
      assertThat(context.getBean(TokenValidator.class).isReady()).isFalse();
      assertThat(context.getBean(JwtDecoder.class)).isInstanceOf(CognitoJwtDecoder.class);
    }
  }

  @Test
  void the_aws_sdk_the_emulator_and_wiremock_do_not_come_with_it() throws IOException {
    List<String> dependencies =
        Files.readAllLines(Path.of("target", "runtime-dependencies.txt")).stream()
            .map(String::strip)
            .filter(line -> line.contains(":jar:"))
            .toList();
    assertThat(dependencies)
        .as("the list itself")
        .anyMatch(it -> it.startsWith("org.springframework.security:spring-security-oauth2-jose:"))
        .anyMatch(it -> it.startsWith("io.github.twinpool:twinpool-token-validation:"))
        .anyMatch(it -> it.startsWith("io.github.twinpool:twinpool-servlet-filter:"));
    assertThat(dependencies)
        .noneMatch(it -> it.contains("awssdk") || it.contains("twinpool-failover"))
        .noneMatch(
            it -> it.contains("twinpool-emulator") || it.contains("twinpool-spring-boot-test"))
        .noneMatch(it -> it.contains("wiremock"))
        .noneMatch(it -> it.contains("resilience4j"));
  }

  @Test
  void nor_are_they_on_the_class_path_that_this_test_runs_with() {
    for (String type :
        List.of(
            "software.amazon.awssdk.core.SdkClient",
            "com.github.tomakehurst.wiremock.WireMockServer",
            "io.github.twinpool.emulator.CognitoEmulator")) {
      assertThatExceptionOfType(ClassNotFoundException.class)
          .isThrownBy(() -> Class.forName(type, false, getClass().getClassLoader()));
    }
  }

  @EnableAutoConfiguration
  static class App {}
}
