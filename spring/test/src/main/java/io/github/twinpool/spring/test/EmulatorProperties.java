package io.github.twinpool.spring.test;

import io.github.twinpool.emulator.CognitoEmulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/** What the properties below {@code twinpool.test} say of the emulator. */
final class EmulatorProperties {
  private static final String PREFIX = "twinpool.test.";

  private final Environment environment;
  private final ResourceLoader resources;

  EmulatorProperties(Environment environment, ResourceLoader resources) {
    this.environment = environment;
    this.resources = resources;
  }

  /**
   * Tells a builder what is set.
   *
   * @throws IllegalStateException naming the property
   */
  void apply(CognitoEmulator.Builder builder) {
    ifSet("primary-region", builder::primaryRegion);
    ifSet("secondary-region", builder::secondaryRegion);
    ifSet("user-pool-id", builder::poolId);
    ifSet("client-id", builder::clientId);
    ifSet("client-secret", builder::clientSecret);
    ifSet("port", value -> builder.firstPort(Integer.parseInt(value)));
    ifSet("pools", location -> builder.poolsYaml(text(location)));
  }

  private void ifSet(String name, Consumer<String> setter) {
    String value = environment.getProperty(PREFIX + name, "");
    if (value.isEmpty()) {
      return;
    }
    try {
      setter.accept(value);
    } catch (NumberFormatException e) {
      throw new IllegalStateException(PREFIX + name + " '" + value + "': must be a number", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(PREFIX + name + ": " + e.getMessage(), e);
    }
  }

  private String text(String location) {
    try {
      return resources.getResource(location).getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException("'" + location + "' cannot be read", e);
    }
  }
}
