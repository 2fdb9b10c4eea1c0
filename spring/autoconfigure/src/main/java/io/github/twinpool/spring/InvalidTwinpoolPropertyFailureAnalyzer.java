package io.github.twinpool.spring;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says which property kept the application from starting, and where it was set. */
final class InvalidTwinpoolPropertyFailureAnalyzer
    extends AbstractFailureAnalyzer<InvalidTwinpoolPropertyException> {
  private final Environment environment;

  InvalidTwinpoolPropertyFailureAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected FailureAnalysis analyze(Throwable failure, InvalidTwinpoolPropertyException cause) {
    String origin = origin(cause.property());
    return new FailureAnalysis(
        "Twinpool cannot be configured.\n\n    "
            + cause.getMessage()
            + (origin == null ? "" : "\n    Origin: " + origin),
        "Correct the property "
            + cause.property()
            + ", or remove it to use its default. All properties: docs/spring.md.",
        failure);
  }

  private @Nullable String origin(String property) {
    if (!ConfigurationPropertyName.isValid(property)) {
      return null;
    }
    ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
    for (var source : ConfigurationPropertySources.get(environment)) {
      var found = source.getConfigurationProperty(name);
      if (found != null) {
        return Objects.toString(found.getOrigin(), null);
      }
    }
    return null;
  }
}
