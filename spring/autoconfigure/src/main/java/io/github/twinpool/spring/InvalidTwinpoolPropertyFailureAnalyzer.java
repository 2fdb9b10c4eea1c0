package io.github.twinpool.spring;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
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
    String property = blamed(cause);
    String origin = origin(property);
    return new FailureAnalysis(
        "Twinpool cannot be configured.\n\n    "
            + cause.getMessage()
            + (origin == null ? "" : "\n    Origin: " + origin),
        "Correct the property "
            + property
            + ", or remove it to use its default. All properties: docs/spring.md.",
        failure);
  }

  /** Of two that contradict each other, the one that was set: the other is a default. */
  private String blamed(InvalidTwinpoolPropertyException cause) {
    return Stream.concat(Stream.of(cause.property()), cause.others().stream())
        .filter(it -> find(it) != null)
        .findFirst()
        .orElse(cause.property());
  }

  private @Nullable String origin(String property) {
    ConfigurationProperty found = find(property);
    return found == null ? null : Objects.toString(found.getOrigin(), null);
  }

  private @Nullable ConfigurationProperty find(String property) {
    if (!ConfigurationPropertyName.isValid(property)) {
      return null;
    }
    ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
    for (var source : ConfigurationPropertySources.get(environment)) {
      ConfigurationProperty found = source.getConfigurationProperty(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
