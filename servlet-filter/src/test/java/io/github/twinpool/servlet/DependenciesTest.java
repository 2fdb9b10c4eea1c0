package io.github.twinpool.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an application gets with this module. */
class DependenciesTest {
  @Test
  void token_validation_comes_with_it_and_no_emulator_no_aws_sdk_no_servlet_api_and_no_server()
      throws IOException {
    List<String> dependencies =
        Files.readAllLines(Path.of("target", "runtime-dependencies.txt")).stream()
            .map(String::strip)
            .filter(line -> line.contains(":jar:"))
            .toList();
    assertThat(dependencies)
        .as("the list itself")
        .anyMatch(it -> it.startsWith("io.github.twinpool:twinpool-token-validation:"))
        .anyMatch(it -> it.startsWith("com.nimbusds:nimbus-jose-jwt:"));
    assertThat(dependencies)
        .noneMatch(it -> it.contains("twinpool-emulator") || it.contains("wiremock"))
        .noneMatch(it -> it.contains("awssdk") || it.contains("twinpool-failover"))
        .noneMatch(it -> it.contains("servlet-api"))
        .noneMatch(it -> it.contains("jetty") || it.contains("tomcat") || it.contains("junit"));
  }
}
